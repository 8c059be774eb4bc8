using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Points with the same dates share a lot; a return still knows whose they are.</summary>
public class SharedLotTests
{
    [Fact]
    public void A_year_of_purchases_leaves_a_lot_a_month()
    {
        var shopper = Lapsing(new ExpiryPolicy.AfterMonths(12, true));
        for (var day = new DateOnly(2026, 11, 22); day < new DateOnly(2027, 11, 20); day = day.AddDays(4))
            shopper.Wait($"{day:yyyy-MM-dd}T12:00").Buys("beauty-hall", 10);

        Assert.Equal(13, shopper.State.Lots.Length);
        Assert.Equal(910, shopper.State.Available("points").Value);
    }

    [Fact]
    public void A_lot_that_was_used_up_is_opened_under_a_new_number()
    {
        var shopper = Lapsing().Buys("beauty-hall", 10).Spends(10).Buys("beauty-hall", 20);

        Assert.Equal("lot 2 points 20/20 until 2026-12-02 00:00", LedgerText.Lots(shopper));
    }

    [Fact]
    public void Of_a_shared_lot_the_oldest_points_are_spent_first()
    {
        var shopper = Lapsing().Buys("beauty-hall", 100, "A").Buys("food-court", 30, "B").Spends(110);

        shopper.Returns("food-court", "B", 30);
        Assert.Equal("lot 1 reversed 20 from 1:20 shortfall 10", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "A", 100);
        Assert.Equal("lot 1 reversed 0 from nothing shortfall 100", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_return_takes_the_points_of_its_own_purchase_and_leaves_the_others()
    {
        var shopper = Lapsing(returns: ReturnPolicy.OnlyPending)
            .Buys("beauty-hall", 100, "A").Buys("food-court", 30, "B").Spends(60);

        shopper.Returns("beauty-hall", "A", 100);
        Assert.Equal("lot 1 reversed 40 from 1:40 shortfall 60", LedgerText.Last(shopper));
        shopper.Returns("food-court", "B", 30);
        Assert.Equal("lot 1 reversed 30 from 1:30", LedgerText.Last(shopper));
    }

    [Fact]
    public void Each_purchase_has_its_own_part_of_what_lapsed()
    {
        var shopper = Lapsing()
            .Buys("beauty-hall", 100, "A").Buys("food-court", 30, "B").Spends(90).Wait("2026-12-02T00:00");

        shopper.Returns("beauty-hall", "A", 100);
        Assert.Equal(
            """
            lot 1 expired 40
            lot 1 reversed 0 from nothing lapsed 10 shortfall 90
            """,
            LedgerText.Last(shopper));
        shopper.Returns("food-court", "B", 10);
        Assert.Equal("lot 1 reversed 0 from nothing lapsed 10", LedgerText.Last(shopper));
        shopper.Returns("food-court", "B", 20);
        Assert.Equal("lot 1 reversed 0 from nothing lapsed 20", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_return_of_one_purchase_is_no_return_of_its_neighbour()
    {
        var shopper = Lapsing().Buys("beauty-hall", 100, "A").Buys("food-court", 30, "B")
            .Returns("beauty-hall", "A", 100)
            .Returns("food-court", "B", 30);

        Assert.Equal("lot 1 reversed 30 from 1:30", LedgerText.Last(shopper));
        Assert.Empty(shopper.State.Lots);
    }

    [Fact]
    public void Pending_points_of_one_day_become_active_together()
    {
        var programme = Examples.PointPerYuan(wallet => wallet with { PendingDays = 2 }).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 100).Buys("food-court", 30);
        Assert.Equal("lot 1 points 130/130 from 2026-11-23 00:00", LedgerText.Lots(shopper));

        shopper.Wait("2026-11-23T00:00").Fires();
        Assert.Equal("lot 1 active 130", LedgerText.Last(shopper));
        shopper.Buys("beauty-hall", 5);
        Assert.Equal("lot 2 earned 5", LedgerText.Last(shopper));
    }

    private static Shopper Lapsing(
        ExpiryPolicy? expiry = null, ReturnPolicy returns = ReturnPolicy.WithinBalance) =>
        new(Examples.PointPerYuan(wallet => wallet with
        {
            Expiry = expiry ?? new ExpiryPolicy.AfterDays(10),
            Returns = returns,
        }).Build());
}
