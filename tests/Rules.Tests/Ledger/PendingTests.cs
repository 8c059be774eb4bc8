using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>What earned points wait for: a confirmation, or the end of the time in which goods come
/// back.</summary>
public class PendingTests
{
    [Fact]
    public void Points_of_a_receipt_wait_until_it_is_confirmed()
    {
        var shopper = Confirming().Buys("beauty-hall", 100, "A").Buys("food-court", 30, "B");
        Assert.Equal(
            """
            lot 1 points 100/100 unconfirmed until 2026-12-22 00:00
            lot 2 points 30/30 unconfirmed until 2026-12-22 00:00
            """,
            LedgerText.Lots(shopper));
        Assert.Equal(RejectionKind.InsufficientPoints, shopper.Refused(Spend(1)).Kind);

        shopper.Confirms("A");
        Assert.Equal("lot 1 active 100", LedgerText.Last(shopper));
        shopper.Spends(100);
        Assert.Equal(30, shopper.State.FindWallet("points")!.Pending.Value);
    }

    [Fact]
    public void A_receipt_is_confirmed_once_and_an_unknown_one_not_at_all()
    {
        var shopper = Confirming().Buys("beauty-hall", 100, "A").Confirms("A");

        Assert.Equal(RejectionKind.NoSuchPoints, shopper.Refused(Confirm("A")).Kind);
        Assert.Equal(RejectionKind.UnknownReceipt, shopper.Refused(Confirm("X")).Kind);
    }

    [Fact]
    public void All_lines_of_a_receipt_are_confirmed_together_and_pay_off_a_debt()
    {
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with
        {
            Pending = PendingUntil.Confirmed,
            Floor = new(-50),
        }).Earn("bonus", _ => 7).Build()).Spends(20).Buys("beauty-hall", 100, "A");
        Assert.Equal("lot 1 points 107/107 unconfirmed", LedgerText.Lots(shopper));

        shopper.Confirms("A");
        Assert.Equal("lot 1 active 107 pays off 20", LedgerText.Last(shopper));
        Assert.Equal(87, shopper.State.Available("points").Value);
    }

    [Fact]
    public void What_is_not_confirmed_in_time_lapses()
    {
        var shopper = Confirming(days: 5).Buys("beauty-hall", 100, "A").Buys("food-court", 30, "B");
        shopper.Confirms("B", "food-court");
        Assert.Equal(Shopper.At("2026-11-26T00:00"), MemberDecider.NextDue(shopper.State, shopper.Programme));

        shopper.Wait("2026-11-26T00:00").Fires();
        Assert.Equal("lot 1 expired 100", LedgerText.Last(shopper));
        Assert.Equal(RejectionKind.NoSuchPoints, shopper.Refused(Confirm("A")).Kind);
        Assert.Equal("lot 2 points 30/30 until 2026-12-22 00:00", LedgerText.Lots(shopper));
    }

    [Fact]
    public void Two_receipts_of_a_store_that_is_declared_later_are_confirmed_one_by_one()
    {
        var shopper = Confirming().Buys("new-store", 100, "A").Buys("new-store", 30, "B");
        shopper.Programme = Examples.PointPerYuan(wallet => wallet with { Pending = PendingUntil.Confirmed })
            .Mall("annex", FakeProgramme.Shanghai, "new-store").Build();
        shopper.Do(new MemberCommand.SettleParked());
        Assert.Equal("lot 1 earned 100\nlot 2 earned 30", LedgerText.Last(shopper));

        shopper.Confirms("B", "new-store");
        Assert.Equal("lot 2 active 30", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_return_of_an_unconfirmed_receipt_takes_its_own_points()
    {
        var shopper = Confirming().Buys("beauty-hall", 100, "A").Buys("beauty-hall", 30, "B")
            .Returns("beauty-hall", "A", 40);
        Assert.Equal("lot 1 reversed 40 from 1:40", LedgerText.Last(shopper));

        shopper.Confirms("A");
        Assert.Equal("lot 1 active 60", LedgerText.Last(shopper));
        shopper.Returns("beauty-hall", "B", 30);
        Assert.Equal(RejectionKind.NoSuchPoints, shopper.Refused(Confirm("B")).Kind);
    }

    [Fact]
    public void What_is_no_purchase_waits_neither_for_a_confirmation_nor_for_a_return()
    {
        foreach (var until in new[] { PendingUntil.Confirmed, PendingUntil.ReturnWindow })
        {
            var programme = Examples.Plain(wallet => wallet with { Pending = until, PendingDays = 9 })
                .Earn("in", _ => 5, on: EventTypes.VisitDoor).Build();
            var shopper = new Shopper(programme).Sends(EventTypes.VisitDoor, new VisitData("plaza", null));
            Assert.Equal("lot 1 points 5/5", LedgerText.Lots(shopper));
        }
    }

    [Fact]
    public void The_return_window_counts_from_the_day_of_the_purchase()
    {
        var programme = Examples.PointPerYuan(wallet => wallet with
        {
            Pending = PendingUntil.ReturnWindow,
            PendingDays = 14,
        }).Build();
        var shopper = new Shopper(programme).Wait("2026-11-25T12:00")
            .Buys("beauty-hall", 100, "A", at: "2026-11-20T12:00");
        Assert.Equal("lot 1 points 100/100 from 2026-12-04 00:00", LedgerText.Lots(shopper));

        shopper.Returns("beauty-hall", "A", 30);
        Assert.Equal("lot 1 reversed 30 from 1:30", LedgerText.Last(shopper));
        Assert.Equal(70, shopper.State.FindWallet("points")!.Pending.Value);
        shopper.Wait("2026-12-04T00:00").Spends(70);
    }

    [Fact]
    public void An_unconfirmed_lot_is_read_back_from_a_snapshot()
    {
        var shopper = Confirming(days: 5).Buys("beauty-hall", 100, "A");
        var bytes = MemberSnapshot.Write(shopper.State);
        var lot = MemberSnapshot.Read(MemberSnapshot.Schema, bytes)!.Lots[0];

        Assert.Equal(shopper.State.Lots[0], lot);
        Assert.True(lot is { Unconfirmed: true, Entry: 2, IsPending: true });
        Assert.True((lot with { Unconfirmed = false, ActivatesAt = null }) is { IsPending: false, Entry: 2 });
    }

    [Fact]
    public void A_closed_members_receipts_are_not_confirmed() => Assert.Equal(
        RejectionKind.MemberBlocked,
        Confirming().Buys("beauty-hall", 100, "A").Becomes(MemberStatus.Closed).Refused(Confirm("A")).Kind);

    private static MemberCommand.ConfirmPurchase Confirm(string receipt) => new("beauty-hall", receipt, null);

    private static MemberCommand.Spend Spend(int points) => new("points", new(points), "gift");

    private static Shopper Confirming(int days = 0) => new(Examples.PointPerYuan(wallet => wallet with
    {
        Pending = PendingUntil.Confirmed,
        PendingDays = days,
        Expiry = new ExpiryPolicy.AfterMonths(1, false),
    }).Build());
}
