using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Points that last as long as their owner comes.</summary>
public class RollingExpiryTests
{
    [Theory]
    [InlineData(RollingOn.Earning, "2027-01-16 00:00")]
    [InlineData(RollingOn.Purchase, "2027-12-11 00:00")]
    public void Capillary_100_points_in_January_and_a_purchase_of_nothing_in_December(
        RollingOn rolling, string end)
    {
        var shopper = Rolling(rolling).Buys("beauty-hall", 100);
        shopper.Wait("2026-12-10T12:00").Buys("food-court", 0);
        Assert.Equal($"lot 1 points 100/100 until {end}", LedgerText.Lots(shopper));

        shopper.Wait("2027-01-16T00:00").Fires();
        Assert.Equal(rolling == RollingOn.Purchase ? 100 : 0, shopper.State.Available("points").Value);
        shopper.Wait("2027-12-11T00:00").Fires();
        Assert.Empty(shopper.State.Lots);
    }

    [Theory]
    [InlineData(RollingOn.Earning)]
    [InlineData(RollingOn.Purchase)]
    public void A_purchase_that_earns_extends_and_its_points_join_the_lot(RollingOn rolling)
    {
        var shopper = Rolling(rolling).Buys("beauty-hall", 100);
        shopper.Wait("2026-06-10T12:00").Buys("food-court", 5);

        Assert.Equal(
            """
            lot 1 of 100 until 2027-06-11 00:00
            lot 1 earned 5
            """,
            LedgerText.Last(shopper));
        Assert.Equal("lot 1 points 105/105 until 2027-06-11 00:00", LedgerText.Lots(shopper));
    }

    [Fact]
    public void A_second_purchase_of_the_day_has_nothing_to_extend()
    {
        var shopper = Rolling(RollingOn.Purchase).Buys("beauty-hall", 100).Buys("beauty-hall", 1);

        Assert.DoesNotContain(
            shopper.Journal.SelectMany(entry => entry.Facts), fact => fact is Fact.Extended);
    }

    [Fact]
    public void A_late_event_never_brings_an_end_nearer()
    {
        var shopper = Rolling(RollingOn.Purchase).Wait("2026-06-10T12:00").Buys("beauty-hall", 100)
            .Buys("beauty-hall", 5, at: "2026-06-01T12:00");

        Assert.Equal(
            """
            lot 2 points 5/5 until 2027-06-02 00:00
            lot 1 points 100/100 until 2027-06-11 00:00
            """,
            LedgerText.Lots(shopper));
    }

    [Fact]
    public void Lots_stay_in_the_order_in_which_they_are_spent_and_returns_find_their_own_points()
    {
        var shopper = Rolling(RollingOn.Earning);
        shopper.Do(new MemberCommand.Adjust("points", new(10), "gift", Shopper.At("2026-03-01T00:00")));
        shopper.Do(new MemberCommand.Adjust("points", new(20), "gift", Shopper.At("2027-12-31T00:00")));
        shopper.Wait("2026-02-01T12:00").Buys("beauty-hall", 100, "A");
        Assert.Equal(
            """
            lot 1 points 110/110 until 2027-02-02 00:00
            lot 2 points 20/20 until 2027-12-31 00:00
            """,
            LedgerText.Lots(shopper));

        shopper.Spends(30).Wait("2026-03-01T12:00").Buys("beauty-hall", 1, "B")
            .Returns("beauty-hall", "A", 100);
        Assert.Equal("lot 1 reversed 100 from 1:81+2:19", LedgerText.Last(shopper));
    }

    [Fact]
    public void Points_that_last_longer_are_announced_again_before_their_new_end()
    {
        var programme = Examples.PointPerYuan(wallet => wallet with
        {
            Expiry = new ExpiryPolicy.AfterMonths(12, false),
            Rolling = RollingOn.Purchase,
        }).Build();
        var shopper = new Shopper(programme, "2026-01-15T12:00").Buys("beauty-hall", 100);
        shopper.Wait("2027-01-10T12:00").Buys("beauty-hall", 0);

        Assert.Equal(Shopper.At("2028-01-11T00:00"), MemberDecider.NextDue(shopper.State, shopper.Programme));
    }

    [Fact]
    public void Nobody_who_gains_nothing_keeps_points_by_coming()
    {
        var shopper = Rolling(RollingOn.Purchase).Buys("beauty-hall", 100).Becomes(MemberStatus.Blacklisted);

        shopper.Wait("2026-06-10T12:00").Buys("beauty-hall", 50);
        Assert.Equal("lot 1 points 100/100 until 2027-01-16 00:00", LedgerText.Lots(shopper));
    }

    private static Shopper Rolling(RollingOn rolling) => new(
        Examples.PointPerYuan(wallet => wallet with
        {
            Expiry = new ExpiryPolicy.AfterMonths(12, false),
            Rolling = rolling,
        }).Build(),
        "2026-01-15T12:00");
}
