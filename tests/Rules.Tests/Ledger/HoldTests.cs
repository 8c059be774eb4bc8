using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Points set aside for a spend that is about to come.</summary>
public class HoldTests
{
    [Fact]
    public void Held_points_stay_in_the_balance_and_cannot_be_spent_elsewhere()
    {
        var shopper = Rich(100).Holds("h", 80);

        Assert.Equal((100, 20), (Balance(shopper), shopper.State.Available("points").Value));
        var refused = shopper.Refused(new MemberCommand.Spend("points", new(21), "gift"));
        Assert.Equal((RejectionKind.InsufficientPoints, "21 asked for, 20 available."),
            (refused.Kind, $"{refused.Detail}"));
        Assert.Equal(RejectionKind.InsufficientPoints,
            shopper.Refused(new MemberCommand.Adjust("points", new(-21), "wrong", null)).Kind);
        shopper.Spends(20);
    }

    [Fact]
    public void A_capture_spends_a_part_and_frees_the_rest()
    {
        var shopper = Rich(100).Holds("h", 80).Captures("h", 50);

        Assert.Equal("hold h of 80 captured\nspent 50 from 1:50", LedgerText.Last(shopper));
        Assert.Equal((50, 50), (Balance(shopper), shopper.State.Available("points").Value));
        Assert.Equal(RejectionKind.UnknownHold,
            shopper.Refused(new MemberCommand.CaptureHold("h", null, "again")).Kind);
    }

    [Fact]
    public void A_capture_is_never_more_than_what_is_held()
    {
        var shopper = Rich(100).Holds("h", 80);

        Assert.Equal(RejectionKind.AmountOutOfRange,
            shopper.Refused(new MemberCommand.CaptureHold("h", new(81), "gift")).Kind);
    }

    [Fact]
    public void A_hold_ends_by_the_clock_whether_or_not_a_timer_has_run()
    {
        var shopper = Rich(100).Holds("h", 80, minutes: 15).Wait("2026-11-21T12:15").Spends(100);

        Assert.Equal("hold h of 80 ended\nspent 100 from 1:100", LedgerText.Last(shopper));
    }

    [Fact]
    public void Two_holds_cannot_promise_the_same_points()
    {
        var shopper = Rich(100).Holds("a", 60);

        Assert.Equal(RejectionKind.InsufficientPoints, shopper.Refused(new MemberCommand.HoldPoints(
            "b", "points", new(41), shopper.Now.AddMinutes(1), null)).Kind);
    }

    [Fact]
    public void A_purchase_uses_what_was_held_for_it()
    {
        var shopper = Rich(100).Holds("h", 80);
        var bought = shopper.Bought("beauty-hall", 40, "R", pointsUsed: 60) with { Hold = "h" };
        shopper.Sends(EventTypes.Purchase, bought);

        Assert.Equal("hold h of 80 captured\nspent 60 from 1:60\nlot 1 earned 40", LedgerText.Last(shopper));
        Assert.Equal(80, shopper.State.Available("points").Value);
    }

    [Fact]
    public void A_purchase_whose_hold_has_ended_takes_what_is_free_and_says_so()
    {
        var shopper = Rich(100).Holds("h", 80).Wait("2026-11-21T12:20").Spends(90);
        shopper.Sends(EventTypes.Purchase,
            shopper.Bought("beauty-hall", 40, "R", pointsUsed: 60) with { Hold = "h" });

        Assert.Equal("spent 10 from 1:10 short 50\nlot 2 earned 40", LedgerText.Last(shopper));
        Assert.Equal(["hold_unknown", "points_short"], shopper.Warnings);
    }

    [Fact]
    public void Held_points_do_not_lapse_until_the_hold_ends()
    {
        var lapsing = Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(1) });
        var shopper = new Shopper(lapsing.Build()).Buys("beauty-hall", 100)
            .Wait("2026-11-22T23:50").Holds("h", 80, minutes: 30);

        shopper.Wait("2026-11-23T00:00").Fires();
        Assert.Equal("lot 1 expired 20", LedgerText.Last(shopper));
        shopper.Wait("2026-11-23T00:10").Captures("h", 50);
        Assert.Equal("hold h of 80 captured\nspent 50 from 1:50\nlot 1 expired 30", LedgerText.Last(shopper));
    }

    [Fact]
    public void A_return_takes_points_that_are_held_and_the_capture_finds_too_few()
    {
        var shopper = Rich(0).Buys("beauty-hall", 100, "R").Holds("h", 100).Returns("beauty-hall", "R", 100);

        Assert.Equal(RejectionKind.InsufficientPoints,
            shopper.Refused(new MemberCommand.CaptureHold("h", null, "gift")).Kind);
        Assert.Equal(0, Balance(shopper));
    }

    [Fact]
    public void Two_spends_of_200_on_a_credit_of_200_are_one_too_many()
    {
        var credit = Examples.PointPerYuan(wallet => wallet with { Floor = new(-200) });
        var shopper = new Shopper(credit.Build()).Spends(200);

        Assert.Equal("spent 200 from nothing below zero 200", LedgerText.Last(shopper));
        Assert.Equal(RejectionKind.InsufficientPoints,
            shopper.Refused(new MemberCommand.Spend("points", new(200), "again")).Kind);
        shopper.Buys("beauty-hall", 250);
        Assert.Equal("lot 1 earned 250 pays off 200", LedgerText.Last(shopper));
        Assert.Equal(50, Balance(shopper));
    }

    private static Shopper Rich(int points)
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build());
        if (points > 0)
            shopper.Do(new MemberCommand.Adjust("points", new(points), "gift", null));
        return shopper;
    }

    private static long Balance(Shopper shopper) => shopper.State.FindWallet("points")!.Balance.Value;
}
