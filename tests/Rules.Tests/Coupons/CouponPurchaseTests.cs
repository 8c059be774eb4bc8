using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Coupons;

/// <summary>Coupons that purchases bring, and what becomes of them when things go back.</summary>
public class CouponPurchaseTests
{
    private const string PointPerYuan =
        "ruleset: t\nrules:\n  base: { on: mall.purchase, earn: { amount: event.paid } }\n";

    private static readonly PurchaseLine[] Basket =
        [new("A", null, null, 1, new(120)), new("B", null, null, 1, new(80))];

    [Fact]
    public void A_purchase_redeems_its_coupons_in_its_own_entry()
    {
        // 250 of beauty less 50: the till has shared the discount among the lines.
        var shopper = Vouchers.Shopper().Gets("beauty-50");
        Buys(shopper, "R1", 200, [1], Basket);

        Assert.Equal(
            new Fact.CouponRedeemed(1, "beauty-50", "beauty-hall", "R1", "bay", new(2026, 11, 21), new(50)),
            shopper.Last.OfType<Fact.CouponRedeemed>().Single());
        Assert.Empty(shopper.Warnings);
    }

    [Theory]
    [InlineData(149.99, 1, "Coupon 1: beauty-50 is taken from 200 on; the receipt has 199.99.")]
    [InlineData(200, 7, "Coupon 7: The member has no coupon 7.")]
    [InlineData(200, 0, "A code: The member has no coupon 0.")]
    public void What_cannot_be_redeemed_does_not_refuse_the_purchase(double paid, int number, string why)
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50");
        Buys(shopper, "R1", (decimal)paid, [number]);

        Assert.Equal([WarningCodes.CouponFailed], shopper.Warnings);
        Assert.Equal(why, shopper.Last.OfType<Fact.Warned>().Single().Detail);
        var alert = Assert.Single(shopper.Last.OfType<Fact.Effect>());
        Assert.Equal((EffectKind.Alert, "coupon-not-redeemed"), (alert.Kind, alert.Target));
        Assert.Equal(1, shopper.State.Purchases);
    }

    [Fact]
    public void Who_may_not_spend_redeems_nothing()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Becomes(MemberStatus.Frozen);
        Buys(shopper, "R1", 200, [1]);

        Assert.Equal([WarningCodes.CouponFailed], shopper.Warnings);
        Assert.Empty(shopper.Last.OfType<Fact.CouponRedeemed>());
    }

    [Fact]
    public void A_till_that_has_redeemed_before_the_purchase_comes_redeems_once()
    {
        var shopper = Vouchers.Shopper().Gets("twice").Redeems(1, "R1", 200);
        Buys(shopper, "R1", 195, [1]);

        Assert.Empty(shopper.Warnings);
        Assert.Equal(1, shopper.State.Coupons!.Find(1)!.Value.Left);
    }

    [Fact]
    public void A_multiplier_adds_a_line_of_its_own_and_goes_back_by_share()
    {
        var shopper = Vouchers.Shopper(PointPerYuan).Gets("double");
        Buys(shopper, "R1", 200, [1], Basket);
        Assert.Equal(
            [("t/base", 200L), ("coupon:double", 200L)],
            shopper.Last.OfType<Fact.Earned>().Select(line => (line.Why!.Rule, line.Amount.Value)));

        shopper.Returns("beauty-hall", "R1", 80, null, new RefundLine(2, 1, new(80)));

        Assert.Equal(240, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void A_multiplier_keeps_to_the_cap_of_its_wallet()
    {
        var shopper = Vouchers.Shopper(PointPerYuan).Gets("triple");
        Buys(shopper, "R1", 100, [1]);

        Assert.Equal(300, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void A_returned_purchase_gives_its_coupon_back()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50");
        Buys(shopper, "R1", 200, [1]);
        shopper.Returns("beauty-hall", "R1", 200);

        Assert.Equal("1 beauty-50 x1 to 12-21 00:00", shopper.Text());
        Assert.Empty(shopper.Warnings);
    }

    [Theory]
    [InlineData("tenth", "1 tenth x0 to 01-01 00:00")]
    [InlineData("twice", "")]
    public void A_template_may_keep_or_void_what_comes_back(string template, string text)
    {
        var shopper = Vouchers.Shopper().Gets(template);
        Buys(shopper, "R1", 200, [1]);
        shopper.Returns("beauty-hall", "R1", 200);

        Assert.Equal(text, shopper.Text());
    }

    [Fact]
    public void A_returned_item_whose_coupon_threshold_is_no_longer_met()
    {
        // 250 less 50, of which 170 + 30 is left without line 2: the coupon comes back, and the store is
        // told what it had taken off.
        var shopper = Vouchers.Shopper().Gets("beauty-50");
        Buys(shopper, "R1", 200, [1], Basket);
        shopper.Returns("beauty-hall", "R1", 80, "B1", new RefundLine(2, 1, new(80)));

        Assert.Equal("1 beauty-50 x1 to 12-21 00:00", shopper.Text());
        Assert.Equal(
            "Coupon 1 of beauty-50 had taken off 50.", shopper.Last.OfType<Fact.Warned>().Single().Detail);
        Assert.Equal("back", shopper.Last.OfType<Fact.CouponReturned>().Single().How);

        shopper.Returns("beauty-hall", "R1", 120, "B2", new RefundLine(1, 1, new(120)));
        Assert.Empty(shopper.Last.OfType<Fact.CouponReturned>());
        Assert.Empty(shopper.Warnings);
    }

    [Fact]
    public void A_return_that_leaves_enough_leaves_the_coupon_redeemed()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50");
        Buys(shopper, "R1", 400, [1]);
        shopper.Returns("beauty-hall", "R1", 200);

        Assert.Equal(0, shopper.State.Coupons!.Find(1)!.Value.Left);
        Assert.Empty(shopper.Warnings);
    }

    [Theory]
    [InlineData("beauty-50", true)]
    [InlineData("twice", true)]
    [InlineData("beauty-50", false)]
    [InlineData("twice", false)]
    public void A_return_is_taken_at_any_second_though_the_coupon_has_been_taken_away_or_forgotten(
        string template, bool isTaken)
    {
        var shopper = Vouchers.Shopper().Gets("golden").Gets(template);
        Buys(shopper, "R1", 200, [2]);
        if (isTaken)
            shopper.Do(new MemberCommand.VoidCoupon(2, "wrong"));
        else
            shopper.Wait("2027-01-05T12:00").Fires().Gets("golden");
        shopper.Wait("2027-01-06T12:00:30.123").Returns("beauty-hall", "R1", 200);

        Assert.Equal("lapsed", Assert.Single(shopper.Last.OfType<Fact.CouponReturned>()).How);
        Assert.DoesNotContain(shopper.State.Coupons!.Coupons, coupon => coupon.Template == template);
    }

    [Fact]
    public void A_coupon_whose_time_is_over_lapses_with_the_return_once()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Wait("2026-12-20T12:00");
        Buys(shopper, "R1", 200, [1]);
        shopper.Wait("2026-12-22T12:00").Gets("tenth");
        Assert.Equal("2 tenth x1 to 01-01 00:00", shopper.Text());
        shopper.Returns("beauty-hall", "R1", 120);
        Assert.Equal("lapsed", shopper.Last.OfType<Fact.CouponReturned>().Single().How);

        shopper.Returns("beauty-hall", "R1", 80);

        Assert.Empty(shopper.Last.OfType<Fact.CouponReturned>());
        Assert.Equal("2 tenth x1 to 01-01 00:00", shopper.Text());
    }

    private static void Buys(
        Shopper shopper, string receipt, decimal paid, int[] coupons, params PurchaseLine[] lines) =>
        shopper.Do(new MemberCommand.RecordEvent(shopper.Event(
            EventTypes.Purchase, shopper.Bought("beauty-hall", paid, receipt, 0, lines) with
            {
                Coupons = [.. coupons.Select(number => $"C{number}")],
                Redeems = [.. coupons],
            })));
}
