using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

public class LimitsAndStackingTests
{
    [Theory]
    [InlineData(Rounding.Floor, 2.5, 2)]
    [InlineData(Rounding.Ceiling, 2.1, 3)]
    [InlineData(Rounding.HalfUp, 2.5, 3)]
    [InlineData(Rounding.HalfUp, 2.4, 2)]
    [InlineData(Rounding.HalfEven, 2.5, 2)]
    [InlineData(Rounding.HalfEven, 3.5, 4)]
    public void Amounts_are_rounded_as_the_rule_says(Rounding round, double amount, long points)
    {
        var programme = Examples.Plain().Earn("base", _ => (decimal)amount, round: round).Build();

        Assert.Equal(points, new Shopper(programme).Buys("beauty-hall", 1).State.Available("points").Value);
    }

    [Theory]
    [InlineData(Stacking.Sum, "points/base 100|points/double 100|points/half-more 50|= 250")]
    [InlineData(Stacking.Product, "points/base 100|points/double 100|points/half-more 100|= 300")]
    [InlineData(Stacking.Best, "points/base 100|points/double 100|= 200")]
    public void Multipliers_stack_as_the_wallet_says(Stacking stack, string lines)
    {
        var programme = Examples.PointPerYuan(wallet => wallet with { Stack = stack })
            .Multiply("double", _ => 2).Multiply("half-more", _ => 1.5m).Build();

        Assert.Equal(lines, LedgerText.Earned(new Shopper(programme).Buys("beauty-hall", 100))
            .Replace('\n', '|'));
    }

    [Fact]
    public void A_limit_of_times_lets_a_rule_act_so_often_in_its_window()
    {
        var programme = Examples.Plain()
            .Earn("check-in", _ => 5, rule => rule with { Limit = new(LimitWindow.Week, 2, null) },
                on: EventTypes.AppCheckin)
            .Build();
        var shopper = new Shopper(programme, "2026-11-20T12:00"); // a Friday
        long[] balances = [.. new[] { "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23" }.Select(day =>
            shopper.Wait(day + "T13:00")
                .Sends(EventTypes.AppCheckin, new AppData(null, "plaza")).State.Available("points").Value)];

        Assert.Equal([5, 10, 10, 15], balances);
    }

    [Fact]
    public void A_limit_of_an_amount_cuts_the_line_that_reaches_it()
    {
        var programme = Examples.PointPerYuan(with: rule =>
            rule with { Limit = new(LimitWindow.Month, null, 150) }).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 100).Buys("beauty-hall", 100);
        Assert.Equal("points/base 50\n= 50", LedgerText.Earned(shopper));

        Assert.Equal("= 0", LedgerText.Earned(shopper.Buys("beauty-hall", 100)));
        Assert.Equal("points/base 100\n= 100",
            LedgerText.Earned(shopper.Wait("2026-12-01T00:00").Buys("beauty-hall", 100)));
    }

    [Fact]
    public void A_limit_counts_on_the_mall_local_day_of_the_event_and_not_of_its_arrival()
    {
        var programme = Examples.PointPerYuan(with: rule =>
            rule with { Limit = new(LimitWindow.Day, 1, null) }).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 10).Wait("2026-11-25T12:00")
            .Buys("beauty-hall", 10);

        Assert.Equal("= 0", LedgerText.Earned(shopper.Buys("beauty-hall", 10, at: "2026-11-21T20:00")));
        Assert.Equal("points/base 10\n= 10",
            LedgerText.Earned(shopper.Buys("beauty-hall", 10, at: "2026-11-24T20:00")));
    }

    [Fact]
    public void A_wallets_cap_cuts_the_last_lines_first()
    {
        var programme = Examples.GoldBeauty(wallet => wallet with { Cap = new(LimitWindow.Day, 170) })
            .Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 600);

        Assert.Equal("points/base 60|points/beauty-weekend 100|points/gold-multiplier 10|= 170",
            LedgerText.Earned(shopper).Replace('\n', '|'));
        Assert.Equal("= 0", LedgerText.Earned(shopper.Buys("beauty-hall", 600)));
    }

    [Fact]
    public void A_multiplier_has_its_own_limit()
    {
        var programme = Examples.PointPerYuan()
            .Multiply("double", _ => 2, rule => rule with { Limit = new(LimitWindow.Ever, null, 30) })
                .Build();

        Assert.Equal("points/base 100\npoints/double 30\n= 130",
            LedgerText.Earned(new Shopper(programme).Buys("beauty-hall", 100)));
    }

    [Fact]
    public void A_rule_that_fails_or_goes_negative_warns_and_stops_no_other()
    {
        var programme = Examples.Plain()
            .Earn("broken", context => 1 / (Examples.Paid(context) - 100))
            .Earn("negative", _ => -5)
            .Earn("huge", _ => 1e18m)
            .Earn("absurd", _ => decimal.MaxValue)
            .Earn("zero", _ => 0.4m)
            .Earn("base", Paid).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 100);

        Assert.Equal("points/base 100\n= 100", LedgerText.Earned(shopper));
        Assert.Equal(
            ["points/negative negative_amount", "points/huge rule_failed", "points/absurd rule_failed",
                "points/broken rule_failed"],
            shopper.Last.OfType<Fact.Warned>().Select(warned => $"{warned.Why?.Rule} {warned.Code}"));
    }

    [Fact]
    public void Points_used_beyond_what_is_there_are_recorded_as_short()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build()).Buys("beauty-hall", 20)
            .Buys("beauty-hall", 5, null, null, 50);

        Assert.Equal("spent 20 from 1:20 short 30\nlot 2 earned 5", LedgerText.Last(shopper));
        Assert.Equal(["points_short"], shopper.Warnings);
    }

    [Fact]
    public void Lines_that_do_not_add_up_are_a_warning()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("beauty-hall", 20, null, null, 0, new PurchaseLine(null, null, null, 1, new(19.99m)));

        Assert.Equal(["lines_differ"], shopper.Warnings);
        Assert.Equal(20, shopper.State.Available("points").Value);
    }

    private static decimal? Paid(EvalContext context) => Examples.Paid(context);
}
