using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Tests.Ledger;

public class UnknownStoreTests
{
    [Fact]
    public void A_purchase_at_an_unknown_store_is_accepted_and_waits()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build()).Buys("new-store", 100, "R");

        Assert.Equal(["unknown_store"], shopper.Warnings);
        Assert.Equal("", LedgerText.Last(shopper));
        Assert.Single(shopper.State.Parked);
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.SettleParked()));
    }

    [Fact]
    public void It_settles_as_of_its_own_time_when_the_store_is_declared()
    {
        var shopper = Waiting();
        shopper.Wait("2026-12-05T12:00").Do(new MemberCommand.SettleParked());

        Assert.Equal("lot 1 earned 100\nlot 1 earned 50", LedgerText.Last(shopper));
        Assert.Equal(150, shopper.State.Days.Spent(new(2026, 11, 21), new(2026, 11, 21)));
        Assert.Empty(shopper.State.Parked);
        Assert.Equal(2, shopper.State.Events);
    }

    [Fact]
    public void A_refund_of_a_waiting_purchase_waits_as_well_and_settles_with_it()
    {
        var shopper = Waiting().Returns("new-store", "R", 40);
        Assert.Equal(["unknown_store"], shopper.Warnings);

        shopper.Do(new MemberCommand.SettleParked());
        Assert.Equal(
            "lot 1 earned 100\nlot 1 reversed 40 from 1:40\nlot 1 earned 50", LedgerText.Last(shopper));
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.SettleParked()));
    }

    [Fact]
    public void A_settled_purchase_is_returned_like_any_other()
    {
        var shopper = Waiting();
        shopper.Do(new MemberCommand.SettleParked());

        Assert.Equal("lot 1 reversed 25 from 1:25", LedgerText.Last(shopper.Returns("new-store", "R2", 25)));
    }

    [Fact]
    public void A_waiting_refund_that_does_not_fit_is_dropped_with_a_warning()
    {
        var shopper = Waiting().Returns("new-store", "R", 400);
        shopper.Do(new MemberCommand.SettleParked());

        Assert.Equal(["refund_dropped"], shopper.Warnings);
        Assert.Empty(shopper.State.Parked);
    }

    [Fact]
    public void A_waiting_receipt_is_not_taken_twice()
    {
        var shopper = Waiting();
        var again = new MemberCommand.RecordEvent(
            shopper.Event(EventTypes.Purchase, shopper.Bought("new-store", 100, "R")));

        Assert.Equal(RejectionKind.ReceiptKnown, shopper.Refused(again).Kind);
    }

    /// <summary>Two purchases wait, and the store has been declared since.</summary>
    private static Shopper Waiting()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build()).Buys("new-store", 100, "R")
            .Buys("new-store", 50, "R2");
        Assert.Equal(2, shopper.Journal.SelectMany(entry => entry.Facts)
            .Count(fact => fact is Fact.EventParked));
        shopper.Programme = Examples.PointPerYuan().Mall("annex", FakeProgramme.Shanghai, "new-store")
            .Build();
        return shopper;
    }
}
