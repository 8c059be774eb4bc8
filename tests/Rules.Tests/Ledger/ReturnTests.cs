using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

public class ReturnTests
{
    [Fact]
    public void Half_of_the_example_returned_keeps_30_and_0_and_15()
    {
        var shopper = new Shopper(Examples.GoldBeauty().Build())
            .Buys("beauty-hall", 600, "R")
            .Returns("beauty-hall", "R", 300);

        Assert.Equal(
            """
            lot 1 reversed 30 from 1:30
            lot 1 reversed 100 from 1:100
            lot 1 reversed 65 from 1:65
            """,
            LedgerText.Last(shopper));
        Assert.Equal(
            "balance 45 pending 0 earned 240 reversed 195 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));
    }

    [Fact]
    public void The_limit_of_a_line_that_is_gone_may_be_used_again()
    {
        var shopper = new Shopper(Examples.GoldBeauty().Build()).Buys("beauty-hall", 600, "R");
        Assert.Equal("points/beauty-weekend", Assert.Single(shopper.State.Limits).Key);

        shopper.Returns("beauty-hall", "R", 300);
        Assert.Empty(shopper.State.Limits);

        shopper.Buys("beauty-hall", 600);
        Assert.Contains("points/beauty-weekend 100", LedgerText.Earned(shopper), StringComparison.Ordinal);
    }

    [Fact]
    public void Thirds_come_back_in_three_returns_and_nothing_is_left_over()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build()).Buys("beauty-hall", 100, "R");

        shopper.Returns("beauty-hall", "R", 33.33m);
        Assert.Equal("lot 1 reversed 34 from 1:34", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "R", 33.33m);
        Assert.Equal("lot 1 reversed 33 from 1:33", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "R", 33.34m);
        Assert.Equal("lot 1 reversed 33 from 1:33", LedgerText.Last(shopper));
        Assert.Equal(0m, shopper.State.Days.Spent(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public void Pro_rata_uses_the_rounding_of_its_rule()
    {
        var programme = Examples.Plain().Earn("base", Paid, round: Rounding.Ceiling).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 10, "R").Returns("beauty-hall", "R", 0.5m);

        Assert.Equal("", LedgerText.Last(shopper));
        Assert.Equal(10, shopper.State.Available("points").Value);
    }

    [Fact]
    public void What_a_rule_keeps_on_return_is_kept()
    {
        var programme = Examples.PointPerYuan(with: rule => rule with { OnReturn = OnReturn.Keep }).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 100, "R").Returns("beauty-hall", "R", 100);

        Assert.Equal("", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_purchase_of_zero_keeps_its_points_until_every_line_is_back()
    {
        var programme = Examples.Plain().Earn("gift", _ => 50).Build();
        var shopper = new Shopper(programme)
            .Buys("beauty-hall", 0, "R", null, 0, Line(1, 0), Line(2, 0));

        shopper.Returns(
            "beauty-hall", "R", 0, null, new RefundLine(1, 1, new(0)), new RefundLine(2, 1, new(0)));
        Assert.Equal("", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "R", 0, null, new RefundLine(2, 1, new(0)));
        Assert.Equal("lot 1 reversed 50 from 1:50", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_returned_line_is_gone_from_the_basket_that_is_evaluated_again()
    {
        var programme = Examples.Plain().Earn(
            "lipstick",
            context => Bought(context).Lines.Sum(line => line.Category == "lipstick" ? line.Qty : 0) * 7,
            rule => rule with { OnReturn = OnReturn.ReEvaluate }).Build();
        var shopper = new Shopper(programme).Buys(
            "beauty-hall", 500, "R", null, 0, Line(3, 300, "lipstick"), Line(1, 200, "cream"));

        shopper.Returns("beauty-hall", "R", 100, null, new RefundLine(1, 1, new(100)));
        Assert.Equal("lot 1 reversed 7 from 1:7", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "R", 200, null, new RefundLine(2, 1, new(200)));
        Assert.Equal("", LedgerText.Last(shopper));
    }

    [Theory]
    [InlineData(ReturnPolicy.OnlyPending, "lot 1 reversed 40 from 1:40 shortfall 60", 30)]
    [InlineData(ReturnPolicy.WithinBalance, "lot 1 reversed 70 from 1:70 shortfall 30", 0)]
    [InlineData(ReturnPolicy.Negative, "lot 1 reversed 100 from 1:70 below zero 30", -30)]
    public void What_is_spent_already_comes_back_as_the_policy_says(
        ReturnPolicy policy, string line, long balance)
    {
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with { Returns = policy }).Build())
            .Buys("beauty-hall", 100, "R")
            .Spends(60)
            .Buys("food-court", 30)
            .Returns("beauty-hall", "R", 100);

        Assert.Equal(line, LedgerText.Last(shopper));
        Assert.Equal(balance, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void New_points_pay_off_a_negative_balance_first()
    {
        var shopper = new Shopper(
            Examples.PointPerYuan(wallet => wallet with { Returns = ReturnPolicy.Negative }).Build())
            .Buys("beauty-hall", 100, "R").Spends(100).Returns("beauty-hall", "R", 100)
            .Buys("food-court", 60);
        Assert.Equal("lot 2 earned 60 pays off 60", LedgerText.Last(shopper));

        shopper.Buys("food-court", 60);
        Assert.Equal("lot 3 earned 60 pays off 40", LedgerText.Last(shopper));
        Assert.Equal("lot 3 points 20/60", LedgerText.Lots(shopper));
    }

    [Fact]
    public void What_expired_before_the_return_lapses()
    {
        var shopper = new Shopper(
            Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(10) }).Build())
            .Buys("beauty-hall", 100, "R").Spends(30)
            .Wait("2026-12-02T00:00")
            .Returns("beauty-hall", "R", 50);

        Assert.Equal(
            """
            lot 1 expired 70
            lot 1 reversed 0 from nothing lapsed 50
            """,
            LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "R", 50);
        Assert.Equal("lot 1 reversed 0 from nothing lapsed 20 shortfall 30", LedgerText.Last(shopper));
    }

    [Fact]
    public void Pending_points_come_back_as_pending()
    {
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with { PendingDays = 7 }).Build())
            .Buys("beauty-hall", 100, "R").Returns("beauty-hall", "R", 40);

        Assert.Equal(
            "balance 0 pending 60 earned 100 reversed 40 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));
    }

    [Fact]
    public void Points_that_a_purchase_used_come_back_with_the_share_that_does_and_the_dates_of_that_day()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("beauty-hall", 100).Buys("food-court", 50, "R", null, 30);
        Assert.Equal(
            """
            spent 30 from 1:30
            lot 1 earned 50
            """,
            LedgerText.Last(shopper));

        shopper.Returns("food-court", "R", 19);
        Assert.Equal("adjusted 11 as lot 1\nlot 1 reversed 19 from 1:19", LedgerText.Last(shopper));
        shopper.Returns("food-court", "R", 1);
        Assert.Equal("adjusted 1 as lot 1\nlot 1 reversed 1 from 1:1", LedgerText.Last(shopper));
        shopper.Returns("food-court", "R", 30);
        Assert.Equal("adjusted 18 as lot 1\nlot 1 reversed 30 from 1:30", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_return_is_taken_from_the_spend_of_the_purchases_day()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build(), "2026-11-20T12:00")
            .Buys("beauty-hall", 100, "R").Wait("2026-11-25T12:00").Returns("beauty-hall", "R", 40);

        Assert.Equal(60, shopper.State.Days.Spent(new(2026, 11, 20), new(2026, 11, 20)));
        Assert.Equal(1, shopper.State.Days.Visits(new(2026, 11, 1), new(2026, 11, 30)));
    }

    [Fact]
    public void The_tier_stays_after_a_return_until_its_validity_ends()
    {
        var programme = Examples.Plain()
            .Tier("basic", null)
            .Tier("gold", context =>
                context.Member.Days.Spent(context.Day.AddDays(-364), context.Day) >= 1000, 12)
            .Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 1000, "R").Returns("beauty-hall", "R", 1000);
        Assert.Equal("gold", shopper.State.Tier?.Tier);

        shopper.Wait("2027-11-22T00:00").Fires();
        Assert.Equal("tier gold -> basic", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_return_after_a_tier_change_takes_back_what_the_tier_of_then_gave()
    {
        var programme = Examples.Plain()
            .Tier("basic", null)
            .Tier("gold", context =>
                context.Member.Days.Spent(context.Day.AddDays(-364), context.Day) >= 1000, 12)
            .Earn("base", Paid)
            .Multiply("gold", context => context.Member.Tier?.Tier == "gold" ? 2 : null)
            .Build();
        var shopper = new Shopper(programme)
            .Buys("beauty-hall", 100, "basic").Buys("beauty-hall", 900).Buys("beauty-hall", 100, "gold");
        Assert.Equal("lot 1 earned 100\nlot 1 earned 100", LedgerText.Last(shopper));

        shopper.Returns("beauty-hall", "basic", 50);
        Assert.Equal("lot 1 reversed 50 from 1:50", LedgerText.Last(shopper));
        shopper.Wait("2027-11-22T00:00").Fires();
        Assert.Equal("basic", shopper.State.Tier?.Tier);
        shopper.Returns("beauty-hall", "gold", 50);
        Assert.Equal(
            "lot 1 reversed 50 from 1:50\nlot 1 reversed 50 from 1:50", LedgerText.Last(shopper));
    }

    [Theory]
    [InlineData(OnReturn.ProRata)]
    [InlineData(OnReturn.ReEvaluate)]
    public void A_return_after_a_rule_change_goes_by_the_rules_of_the_purchase(OnReturn onReturn)
    {
        var shopper = new Shopper(Twice(onReturn)).Buys("beauty-hall", 100, "R");
        shopper.Programme =
            Examples.PointPerYuan(with: rule => rule with { OnReturn = OnReturn.Keep }).Build();

        shopper.Returns("beauty-hall", "R", 40);
        Assert.Equal("lot 1 reversed 80 from 1:80", LedgerText.Last(shopper));
        shopper.Programme = Examples.Plain().Build();
        shopper.Returns("beauty-hall", "R", 60);
        Assert.Equal("lot 1 reversed 120 from 1:120", LedgerText.Last(shopper));
        Assert.Equal(0, shopper.State.FindWallet("points")!.Balance.Value);
    }

    private static Programme Twice(OnReturn onReturn) => Examples.Plain()
        .Earn("base", context => 2 * Examples.Paid(context), rule => rule with { OnReturn = onReturn })
        .Build();

    [Fact]
    public void Points_that_a_purchase_of_zero_used_come_back_with_its_last_line()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("food-court", 50).Buys("beauty-hall", 0, "R", null, 40, Line(1, 0), Line(1, 0));

        shopper.Returns("beauty-hall", "R", 0, null, new RefundLine(1, 1, new(0)));
        Assert.Equal("", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "R", 0, null, new RefundLine(2, 1, new(0)));
        Assert.Equal("adjusted 40 as lot 1", LedgerText.Last(shopper));
    }

    [Fact]
    public void Of_points_that_were_short_only_what_was_spent_comes_back()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("food-court", 20).Buys("beauty-hall", 100, "R", null, 30);
        Assert.Equal("spent 20 from 1:20 short 10\nlot 2 earned 100", LedgerText.Last(shopper));

        shopper.Returns("beauty-hall", "R", 100);
        Assert.Equal(
            "adjusted 20 as lot 2\nlot 2 reversed 100 from 2:100", LedgerText.Last(shopper));
    }

    [Fact]
    public void Buy_refund_repeat_nothing_is_left()
    {
        var shopper = new Shopper(Examples.GoldBeauty().Build());
        for (var i = 0; i < 12; i++)
        {
            shopper.Buys("beauty-hall", 600, $"R{i}");
            Assert.Equal(240, shopper.State.Available("points").Value);
            shopper.Returns("beauty-hall", $"R{i}", i % 2 == 0 ? 600 : 199.99m);
            if (i % 2 == 1)
                shopper.Returns("beauty-hall", $"R{i}", 400.01m);
            Assert.Equal(0, shopper.State.Available("points").Value);
        }

        Assert.Equal(
            "balance 0 pending 0 earned 2880 reversed 2880 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));
        Assert.Equal(0, shopper.State.Days.Spent(DateOnly.MinValue, DateOnly.MaxValue));
        Assert.Empty(shopper.State.Limits);
    }

    private static decimal? Paid(EvalContext context) => Examples.Paid(context);

    private static PurchaseData Bought(EvalContext context) => (PurchaseData)context.Event.Data;

    private static PurchaseLine Line(decimal qty, decimal paid, string? category = null) =>
        new(null, category, null, qty, new(paid));
}
