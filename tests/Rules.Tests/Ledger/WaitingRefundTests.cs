using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Refunds that come before their purchase, or without one.</summary>
public class WaitingRefundTests
{
    [Fact]
    public void A_refund_of_an_unknown_receipt_is_accepted_waits_and_says_so()
    {
        var shopper = Early(40);

        Assert.Equal(["refund_waits"], shopper.Warnings);
        Assert.Equal("", LedgerText.Last(shopper));
        Assert.Equal(shopper.Now.AddDays(30), Assert.Single(shopper.State.Parked).Until);
        Assert.Equal(1, shopper.State.Events);
    }

    [Fact]
    public void It_settles_in_the_entry_of_its_purchase()
    {
        var shopper = Early(40).Buys("beauty-hall", 100, "R");

        Assert.Equal("lot 1 earned 100\nlot 1 reversed 40 from 1:40", LedgerText.Last(shopper));
        Assert.Empty(shopper.Warnings);
        Assert.Empty(shopper.State.Parked);
        Assert.Equal(60, shopper.State.Days.Spent(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public void What_is_left_is_the_same_in_whatever_order_they_come()
    {
        var (inOrder, reversed, between) = (Beauty(), Beauty(), Beauty());
        inOrder.Buys("beauty-hall", 600, "R")
            .Returns("beauty-hall", "R", 300, "B").Returns("beauty-hall", "R", 100);
        reversed.Returns("beauty-hall", "R", 300, "B").Returns("beauty-hall", "R", 100)
            .Buys("beauty-hall", 600, "R");
        between.Returns("beauty-hall", "R", 300, "B").Buys("beauty-hall", 600, "R")
            .Returns("beauty-hall", "R", 100);

        Assert.Equal(LedgerText.Wallet(inOrder), LedgerText.Wallet(reversed));
        Assert.Equal(LedgerText.Wallet(inOrder), LedgerText.Wallet(between));
        Assert.Equal(inOrder.State.Limits.AsEnumerable(), reversed.State.Limits);
        Assert.Equal(LedgerText.Lots(inOrder), LedgerText.Lots(reversed));
    }

    [Fact]
    public void A_later_return_of_that_purchase_knows_what_came_back_with_it()
    {
        var shopper = Early(40).Buys("beauty-hall", 100, "R");

        Assert.Equal(
            RejectionKind.ReturnExceedsPurchase, shopper.Refused(Refund(shopper, "R", 60.01m)).Kind);
        Assert.Equal("lot 1 reversed 60 from 1:60", LedgerText.Last(shopper.Returns("beauty-hall", "R", 60)));
        Assert.Equal(RejectionKind.RefundKnown, shopper.Refused(Refund(shopper, "R", 1, "B")).Kind);
    }

    [Fact]
    public void Points_of_other_purchases_in_the_same_lot_are_left_alone()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("beauty-hall", 70).Returns("beauty-hall", "R", 100, "B").Buys("beauty-hall", 100, "R");

        Assert.Equal(
            "balance 70 pending 0 earned 170 reversed 100 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));
        shopper.Spends(70);
        Assert.Equal("spent 70 from 1:70", LedgerText.Last(shopper));
    }

    [Fact]
    public void What_the_purchase_used_comes_back_in_the_same_entry()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("food-court", 30).Returns("beauty-hall", "R", 100).Buys("beauty-hall", 100, "R", null, 30);

        Assert.Equal(
            """
            spent 30 from 1:30
            lot 2 earned 100
            adjusted 30 as lot 2
            lot 2 reversed 100 from 2:100
            """,
            LedgerText.Last(shopper));
    }

    [Fact]
    public void What_does_not_fit_its_purchase_is_dropped_with_a_warning_and_the_purchase_stands()
    {
        var shopper = Early(100.01m).Buys("beauty-hall", 100, "R");

        Assert.Equal(["refund_dropped"], shopper.Warnings);
        Assert.Equal("lot 1 earned 100", LedgerText.Last(shopper));
        Assert.Empty(shopper.State.Parked);
    }

    [Fact]
    public void Its_receipt_is_looked_for_ever_more_seldom_and_last_just_before_it_is_given_up()
    {
        var shopper = Early(40);
        var looks = new List<DateTimeOffset>();
        while (shopper.State.Parked[0] is { LookAt: { } look, Entry: var entry })
        {
            Assert.Equal(look, MemberDecider.NextDue(shopper.State, shopper.Programme));
            looks.Add(look);
            shopper.Wait($"{look.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-ddTHH:mm}")
                .Do(new MemberCommand.LeaveRefund(entry, null));
        }

        Assert.Equal([1, 2, 4, 8, 16], looks.Take(5).Select(look => (look - At0).TotalMinutes));
        Assert.InRange(looks.Count, 35, 45);
        Assert.All(
            looks.Zip(looks.Skip(1)),
            two => Assert.True(two.Second - two.First <= TimeSpan.FromDays(1)));
        Assert.Equal(Shopper.At("2026-12-21T11:59"), looks[^1]);
    }

    [Theory]
    [InlineData(MemberCommand.LeaveRefund.Taken, "refund_moved")]
    [InlineData("refund_known", "refund_dropped")]
    public void What_another_member_has_heard_of_waits_no_more(string how, string warning)
    {
        var shopper = Early(40);
        var entry = shopper.State.Parked[0].Entry;
        shopper.Do(new MemberCommand.LeaveRefund(entry, how));
        Assert.Equal([warning], shopper.Warnings);
        Assert.Empty(shopper.State.Parked);

        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.LeaveRefund(entry, how)));
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.SettleRefund(entry)));
    }

    [Fact]
    public void After_thirty_days_it_is_given_up_with_a_warning()
    {
        var shopper = Early(40).Wait("2026-12-21T11:59").Fires();
        var entry = Assert.Single(shopper.State.Parked).Entry;
        shopper.Do(new MemberCommand.LeaveRefund(entry, null));
        Assert.Equal(Shopper.At("2026-12-21T12:00"), MemberDecider.NextDue(shopper.State, shopper.Programme));

        shopper.Wait("2026-12-21T12:00").Fires();
        Assert.Equal(["refund_unmatched"], shopper.Warnings);
        Assert.Empty(shopper.State.Parked);
        Assert.Equal("lot 1 earned 100", LedgerText.Last(shopper.Buys("beauty-hall", 100, "R")));
        Assert.Equal("lot 1 reversed 40 from 1:40", LedgerText.Last(shopper.Returns("beauty-hall", "R", 40)));
    }

    [Fact]
    public void The_same_refund_under_another_event_is_not_taken_twice()
    {
        var shopper = Early(40);

        Assert.Equal(RejectionKind.RefundKnown, shopper.Refused(Refund(shopper, "R", 40, "B")).Kind);
        shopper.Returns("food-court", "R", 40, "B");
        Assert.Equal(2, shopper.State.Parked.Length);
    }

    [Fact]
    public void Thirty_two_wait_and_one_more_is_refused()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build());
        for (var i = 0; i < WaitingRefunds.Most; i++)
            shopper.Returns("beauty-hall", $"R{i}", 1);

        Assert.Equal(RejectionKind.UnknownReceipt, shopper.Refused(Refund(shopper, "R", 1)).Kind);
        shopper.Buys("beauty-hall", 1, "R7");
        shopper.Returns("beauty-hall", "R", 1);
        Assert.Equal(WaitingRefunds.Most, shopper.State.Parked.Length);
    }

    [Fact]
    public void A_refund_that_waited_for_its_store_goes_on_waiting_for_its_purchase()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build()).Returns("new-store", "R", 40);
        Assert.Equal(["unknown_store"], shopper.Warnings);
        shopper.Programme = WithNewStore();

        shopper.Do(new MemberCommand.SettleParked());
        Assert.Equal(["refund_waits"], shopper.Warnings);
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.SettleParked()));
        shopper.Buys("new-store", 100, "R");
        Assert.Equal("lot 1 earned 100\nlot 1 reversed 40 from 1:40", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_purchase_that_waits_for_its_store_settles_with_the_refund_that_came_before_it()
    {
        var shopper = new Shopper(WithNewStore()).Returns("new-store", "R", 40);
        shopper.Programme = Examples.PointPerYuan().Build();
        shopper.Buys("new-store", 100, "R");
        Assert.Equal(2, shopper.State.Parked.Length);
        shopper.Programme = WithNewStore();

        shopper.Do(new MemberCommand.SettleParked());
        Assert.Equal("lot 1 earned 100\nlot 1 reversed 40 from 1:40", LedgerText.Last(shopper));
        Assert.Empty(shopper.State.Parked);
    }

    [Fact]
    public void The_outcome_of_an_event_is_its_own_when_a_refund_is_given_up_before_it()
    {
        var shopper = Early(40).Wait("2027-01-05T12:00").Buys("beauty-hall", 10);

        var entry = Rules.Journaling.EntryBody.Of(
            shopper.Journal[^1].Command!, shopper.Last, shopper.State);
        Assert.Contains(shopper.Last, fact => fact is Fact.EventSettled);
        Assert.Empty(Rules.Journaling.Outcome.From(entry).Warnings);
    }

    [Fact]
    public void Budgets_and_limits_are_given_back_as_if_it_had_come_in_order()
    {
        static Programme WithBudget() => Examples.PointPerYuan(with: rule => rule with
        {
            Budget = new(150, LimitWindow.Ever, OnShort.Partial, BudgetReturn.GiveBack),
        }).Build();
        var shopper = new Shopper(WithBudget())
            .Returns("beauty-hall", "R", 100).Buys("beauty-hall", 100, "R");
        Assert.Equal("lot 1 earned 100\nlot 1 reversed 100 from 1:100", LedgerText.Last(shopper));

        shopper.Buys("beauty-hall", 200);
        Assert.Equal("lot 2 earned 150", LedgerText.Last(shopper));
    }

    private static Shopper Beauty() => new(Examples.GoldBeauty().Build());

    private static readonly DateTimeOffset At0 = Shopper.At("2026-11-21T12:00");

    private static Shopper Early(decimal paid) =>
        new Shopper(Examples.PointPerYuan().Build()).Returns("beauty-hall", "R", paid, "B");

    private static Programme WithNewStore() =>
        Examples.PointPerYuan().Mall("annex", FakeProgramme.Shanghai, "new-store").Build();

    private static MemberCommand.RecordEvent Refund(
        Shopper shopper, string receipt, decimal paid, string? refund = null) =>
        new(shopper.Event(EventTypes.Refund, shopper.Back("beauty-hall", receipt, paid, refund)));
}
