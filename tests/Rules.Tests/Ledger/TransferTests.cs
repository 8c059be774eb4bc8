using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>The steps of a transfer, as each member decides them.</summary>
public class TransferTests
{
    private static readonly MemberId Friend = MemberId.Parse("00000000-0000-0000-0000-000000000002");

    private static readonly Programme Lapsing = Examples.PointPerYuan(
        wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(90) }).Build();

    [Fact]
    public void Points_leave_the_lots_that_lapse_first_and_arrive_with_the_ends_that_they_had()
    {
        var sender = Sender().Buys("beauty-hall", 60).Wait("2026-11-22T12:00").Buys("beauty-hall", 180);
        var sent = Send(sender, 70);
        var receiver = new Shopper(Lapsing, "2026-11-22T12:00");
        receiver.Do(new MemberCommand.ReceivePoints(Shopper.Id, sent));

        Assert.Equal((170, -70), Sums(sender));
        Assert.Equal((70, 70), Sums(receiver));
        Assert.Equal(
            """
            lot 1 points 60/60 until 2027-02-20 00:00
            lot 2 points 10/10 until 2027-02-21 00:00
            """,
            LedgerText.Lots(receiver));
    }

    [Fact]
    public void What_arrived_is_over_for_the_sender()
    {
        var sender = Sender().Buys("beauty-hall", 100);
        var sent = Send(sender, 70);
        Assert.Equal(sender.Now.AddSeconds(30), MemberDecider.NextDue(sender.State, sender.Programme));

        sender.Do(new MemberCommand.EndTransfer(sent.Id, null));

        Assert.Empty(sender.State.Transfers);
        Assert.Equal((30, -70), Sums(sender));
        Assert.IsType<Decision.Unchanged>(sender.Do(new MemberCommand.EndTransfer(sent.Id, "again")));
    }

    [Fact]
    public void Refused_points_come_back_to_where_they_were()
    {
        var sender = Sender().Buys("beauty-hall", 100).Wait("2026-11-22T12:00").Buys("beauty-hall", 50);
        var before = LedgerText.Lots(sender);
        var sent = Send(sender, 120);
        var receiver = new Shopper(new FakeProgramme().Wallet("other").Build(), "2026-11-22T12:00");
        receiver.Do(new MemberCommand.ReceivePoints(Shopper.Id, sent));
        var refused = Assert.IsType<Fact.TransferRefused>(Assert.Single(receiver.Last));
        sender.Do(new MemberCommand.EndTransfer(sent.Id, refused.Code));

        Assert.Equal("unknown_wallet", refused.Code);
        Assert.Equal((150, 0), Sums(sender));
        Assert.Equal(before.Replace("lot 1 points 100/100", "lot 3 points 100/100", StringComparison.Ordinal)
            .Replace("50/50", "50/70", StringComparison.Ordinal), LedgerText.Lots(sender));
    }

    [Fact]
    public void What_lapsed_on_the_way_lapses_on_arrival()
    {
        var sender = Sender().Buys("beauty-hall", 100);
        var sent = Send(sender, 70);
        var receiver = new Shopper(Lapsing, "2027-02-20T00:00");
        receiver.Do(new MemberCommand.ReceivePoints(Shopper.Id, sent));

        Assert.Equal((0, 70), Sums(receiver));
        Assert.Equal(70, receiver.State.FindWallet("points")!.Expired.Value);
    }

    [Fact]
    public void A_receiver_below_zero_pays_off_first()
    {
        var credit = Examples.PointPerYuan(wallet => wallet with { Floor = new(-200) }).Build();
        var receiver = new Shopper(credit).Spends(50);
        receiver.Do(new MemberCommand.ReceivePoints(Friend, new(
            "t", Shopper.Id, "points", [new(new(70), null)], receiver.Now, null)));

        Assert.Equal((20, 70), Sums(receiver));
        Assert.Equal("lot 1 points 20/70", LedgerText.Lots(receiver));
    }

    [Fact]
    public void Held_points_and_credit_cannot_be_given_away()
    {
        var credit = Examples.PointPerYuan(wallet => wallet with { Floor = new(-200) }).Build();
        var sender = new Shopper(credit).Buys("beauty-hall", 100).Holds("h", 40);

        var refused = sender.Refused(new MemberCommand.SendPoints("t", Friend, "points", new(61), null));

        Assert.Equal(RejectionKind.InsufficientPoints, refused.Kind);
    }

    [Fact]
    public void A_return_of_what_was_given_away_finds_it_spent()
    {
        var sender = Sender().Buys("beauty-hall", 100, "R");
        Send(sender, 70);
        sender.Returns("beauty-hall", "R", 100);

        Assert.Equal("lot 1 reversed 30 from 1:30 shortfall 70", LedgerText.Last(sender));
    }

    private static Shopper Sender() => new(Lapsing);

    private static PointsTransfer Send(Shopper sender, int points)
    {
        sender.Do(new MemberCommand.SendPoints("t", Friend, "points", new(points), "birthday"));
        return Assert.Single(sender.State.Transfers);
    }

    private static (long Balance, long Transferred) Sums(Shopper shopper)
    {
        var wallet = shopper.State.FindWallet("points")!;
        return (wallet.Balance.Value, wallet.Transferred.Value);
    }
}
