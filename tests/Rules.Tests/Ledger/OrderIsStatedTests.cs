using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

public class OrderIsStatedTests
{
    [Fact]
    public void A_gold_member_buys_beauty_on_a_Saturday()
    {
        var shopper = new Shopper(Examples.GoldBeauty().Build()).Buys("beauty-hall", 600);

        Assert.Equal(
            """
            points/base 60
            points/beauty-weekend 100
            points/gold-multiplier 80
            = 240
            """,
            LedgerText.Earned(shopper));
    }

    [Fact]
    public void Points_are_spent_from_the_oldest_lots_first()
    {
        var lapsing =
            Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(90) });
        var shopper = new Shopper(lapsing.Build())
            .Buys("beauty-hall", 60).Wait("2026-11-22T12:00").Buys("beauty-hall", 180).Spends(70);

        var spent = Assert.IsType<Fact.SpentPoints>(Assert.Single(shopper.Last));
        Assert.Equal("1:60 2:10", string.Join(" ", spent.Parts.Select(part => $"{part.Lot}:{part.Amount}")));
        Assert.Equal(170, shopper.State.Available("points").Value);
    }
}
