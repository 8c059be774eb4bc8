using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>The most that a wallet holds, and the amounts in which it is spent.</summary>
public class CeilingTests
{
    [Fact]
    public void What_goes_beyond_the_ceiling_is_not_earned_and_said_so()
    {
        var shopper = Holding(120).Buys("beauty-hall", 100).Buys("beauty-hall", 50);
        Assert.Equal("lot 1 earned 20", LedgerText.Last(shopper));
        Assert.Equal(["ceiling_reached"], shopper.Warnings);

        shopper.Buys("beauty-hall", 50);
        Assert.Equal("", LedgerText.Last(shopper));
        shopper.Spends(10).Buys("beauty-hall", 50);
        Assert.Equal("lot 1 earned 10", LedgerText.Last(shopper));
    }

    [Fact]
    public void Pending_points_count_towards_it()
    {
        var programme = Examples.PointPerYuan(
            wallet => wallet with { Ceiling = 120, PendingDays = 5 }).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 100).Buys("beauty-hall", 50);

        Assert.Equal(120, shopper.State.FindWallet("points")!.Pending.Value);
    }

    [Fact]
    public void The_last_lines_are_cut_first()
    {
        var programme = Examples.PointPerYuan(wallet => wallet with { Ceiling = 120 })
            .Earn("bonus", _ => 40).Build();

        Assert.Equal(
            """
            points/base 100
            points/bonus 20
            = 120
            """,
            LedgerText.Earned(new Shopper(programme).Buys("beauty-hall", 100)));
    }

    [Fact]
    public void Nobody_corrects_or_gives_beyond_it_but_what_comes_back_comes_back()
    {
        var shopper = Holding(120).Buys("beauty-hall", 100);
        Assert.Equal(RejectionKind.CeilingExceeded, shopper.Refused(Adjust(21)).Kind);
        shopper.Do(Adjust(20));

        var gift = new PointsTransfer(
            "t", Shopper.Id, "points", [new(new(1), null)], shopper.Now, null);
        shopper.Do(new MemberCommand.ReceivePoints(new MemberId(7), gift));
        Assert.Equal("ceiling_exceeded", Assert.IsType<Fact.TransferRefused>(shopper.Last[0]).Code);

        shopper.Buys("food-court", 1, "F", pointsUsed: 50).Buys("beauty-hall", 60)
            .Returns("food-court", "F", 1);
        Assert.Equal(169, shopper.State.Available("points").Value);
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(300, null)]
    [InlineData(50, RejectionKind.InvalidSpend)]
    [InlineData(150, RejectionKind.InvalidSpend)]
    [InlineData(1_000, RejectionKind.InsufficientPoints)]
    [InlineData(1_050, RejectionKind.InvalidSpend)]
    public void A_wallet_is_spent_from_100_in_steps_of_100(int points, RejectionKind? refused)
    {
        var shopper = Stepping(100, 100).Buys("beauty-hall", 500);

        foreach (var command in new MemberCommand[]
        {
            new MemberCommand.Spend("points", new(points), "gift"),
            new MemberCommand.HoldPoints("H", "points", new(points), shopper.Now.AddHours(1), null),
        })
        {
            if (refused is { } kind)
                Assert.Equal(kind, shopper.Refused(command).Kind);
            else
                Assert.IsType<Decision.Accepted>(shopper.Decide(command));
        }
    }

    [Fact]
    public void Steps_count_from_the_least()
    {
        var shopper = Stepping(150, 100).Buys("beauty-hall", 1_000).Spends(150).Spends(250);

        var odd = shopper.Refused(new MemberCommand.Spend("points", new(200), "gift"));
        Assert.Equal("200 is not 150 and whole steps of 100 more.", odd.Detail.ToString());
    }

    [Fact]
    public void A_part_of_a_hold_is_captured_in_steps_and_all_of_it_always()
    {
        var shopper = Stepping(100, 100).Buys("beauty-hall", 500).Holds("H", 300);
        Assert.Equal(RejectionKind.InvalidSpend, shopper.Refused(
            new MemberCommand.CaptureHold("H", new(150), "gift")).Kind);

        shopper.Programme = Stepping(1_000, 1_000).Programme;
        shopper.Captures("H");
        Assert.Equal("hold H of 300 captured\nspent 300 from 1:300", LedgerText.Last(shopper));
    }

    [Fact]
    public void Points_that_a_till_has_taken_are_taken_and_noted()
    {
        var shopper = Stepping(100, 100).Buys("beauty-hall", 500).Buys("food-court", 20, pointsUsed: 150);

        Assert.Equal(["spend_uneven"], shopper.Warnings);
        Assert.Equal(370, shopper.State.Available("points").Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(Points.Limit + 1)]
    public void A_spend_of_nothing_of_less_and_of_too_much_is_out_of_range(long points) => Assert.Equal(
        RejectionKind.AmountOutOfRange,
        Stepping(1, 1).Refused(new MemberCommand.Spend("points", new(points), "gift")).Kind);

    [Fact]
    public void Points_that_would_overflow_are_refused_and_nothing_is_half_done()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build());
        shopper.Do(Adjust(Points.Limit));
        var before = shopper.State;

        Assert.Equal(RejectionKind.PointsOverflow, shopper.Refused(Adjust(1)).Kind);
        Assert.Equal(RejectionKind.PointsOverflow, shopper.Refused(new MemberCommand.RecordEvent(
            shopper.Event(EventTypes.Purchase, shopper.Bought("beauty-hall", 1)))).Kind);
        Assert.Same(before, shopper.State);
    }

    private static MemberCommand.Adjust Adjust(long points) => new("points", new(points), "sorry", null);

    private static Shopper Holding(long ceiling) =>
        new(Examples.PointPerYuan(wallet => wallet with { Ceiling = ceiling }).Build());

    private static Shopper Stepping(long from, long step) =>
        new(Examples.PointPerYuan(wallet => wallet with { Steps = new(from, step) }).Build());
}
