using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>What each status of a member blocks, and what happens in every one.</summary>
public class StatusTests
{
    private static readonly MemberId Friend = MemberId.Parse("00000000-0000-0000-0000-000000000002");

    [Theory]
    [InlineData(MemberStatus.Active, "purchase, points, correction, tag, spend, hold, gift, receive")]
    [InlineData(MemberStatus.CardLost, "purchase, points, correction, tag, receive")]
    [InlineData(MemberStatus.Frozen, "purchase, points, correction, tag")]
    [InlineData(MemberStatus.Blacklisted, "purchase, correction, tag")]
    [InlineData(MemberStatus.Closed, "")]
    public void Each_status_allows_what_the_table_says(MemberStatus status, string allowed)
    {
        var may = new List<string>();
        Note("purchase", Purchase);
        if (Do(Purchase) is Decision.Accepted bought && bought.Facts.Any(fact => fact is Fact.Earned))
            may.Add("points");
        Note("correction", _ => new MemberCommand.Adjust("points", new(5), "sorry", null));
        Note("tag", _ => new MemberCommand.AddTag("vip", null, null));
        Note("spend", _ => new MemberCommand.Spend("points", new(5), "gift"));
        Note("hold", shopper =>
            new MemberCommand.HoldPoints("h", "points", new(5), shopper.Now.AddMinutes(1), null));
        Note("gift", _ => new MemberCommand.SendPoints("t", Friend, "points", new(5), null));
        if (Do(shopper => Received(shopper.Now)) is Decision.Accepted received
            && received.Facts.Any(fact => fact is Fact.Transferred))
            may.Add("receive");

        Assert.Equal(allowed, string.Join(", ", may));

        void Note(string what, Func<Shopper, MemberCommand> command)
        {
            if (Do(command) is Decision.Accepted)
                may.Add(what);
        }

        Decision Do(Func<Shopper, MemberCommand> command)
        {
            var shopper = Rich().Becomes(status);
            return shopper.Decide(command(shopper));
        }
    }

    [Theory]
    [InlineData(MemberStatus.CardLost)]
    [InlineData(MemberStatus.Frozen)]
    [InlineData(MemberStatus.Blacklisted)]
    [InlineData(MemberStatus.Closed)]
    public void In_every_status_points_lapse_holds_end_and_returns_take_back(MemberStatus status)
    {
        var shopper = Rich().Holds("h", 50).Becomes(status);

        shopper.Do(new MemberCommand.ReleaseHold("h", null));
        shopper.Returns("beauty-hall", "R", 40);
        Assert.Equal(60, shopper.State.FindWallet("points")!.Balance.Value);
        shopper.Wait("2027-03-01T12:00").Fires();
        Assert.Equal(0, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void A_blacklisted_members_purchase_is_recorded_says_why_it_gives_nothing_and_uses_no_points()
    {
        var shopper = Rich().Becomes(MemberStatus.Blacklisted).Buys("beauty-hall", 70, "R2", pointsUsed: 30);

        Assert.Equal([WarningCodes.MemberBlocked, WarningCodes.MemberBlocked], shopper.Warnings);
        Assert.Contains(shopper.Last, fact => fact is Fact.Purchased { Receipt: "R2" });
        Assert.Equal(100, shopper.State.FindWallet("points")!.Balance.Value);
        var today = DateOnly.FromDateTime(shopper.Now.DateTime);
        Assert.Equal(170, shopper.State.Days.Spent(today, today));
        shopper.Becomes(MemberStatus.Active).Buys("beauty-hall", 5, "R3");
        Assert.Equal(105, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void A_purchase_of_a_lost_card_earns_and_neither_its_points_nor_its_hold_are_taken()
    {
        var shopper = Rich().Holds("h", 80).Becomes(MemberStatus.CardLost, "rang up");
        var purchase = shopper.Bought("beauty-hall", 10, "R2", 20) with { Hold = "h" };
        shopper.Sends(EventTypes.Purchase, purchase);

        Assert.Equal([WarningCodes.MemberBlocked], shopper.Warnings);
        Assert.Equal(110, shopper.State.FindWallet("points")!.Balance.Value);
        Assert.NotNull(shopper.State.FindHold("h"));
        Assert.Equal(new StatusState(MemberStatus.CardLost, shopper.Now, "rang up"), shopper.State.Status);
    }

    [Fact]
    public void The_same_status_again_is_on_record_with_its_reason_and_as_old_as_it_was()
    {
        var shopper = Rich().Becomes(MemberStatus.Frozen, "inquiry 7");
        var since = shopper.Now;
        shopper.Wait("2026-11-22T12:00").Becomes(MemberStatus.Frozen, "inquiry 8");

        Assert.Equal(new StatusState(MemberStatus.Frozen, since, "inquiry 8"), shopper.State.Status);
        Assert.Equal(
            new StatusState(MemberStatus.Active, shopper.State.EnrolledAt, "never was another"),
            Rich().Becomes(MemberStatus.Active, "never was another").State.Status);
    }

    [Fact]
    public void The_table_has_a_row_for_each_status_in_their_order() =>
        Assert.Equal(Enum.GetValues<MemberStatus>(), Standing.All.Select(row => row.Status));

    private static Shopper Rich() => new Shopper(
        Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(90) }).Build())
        .Buys("beauty-hall", 100, "R");

    private static MemberCommand Purchase(Shopper shopper) => new MemberCommand.RecordEvent(
        shopper.Event(EventTypes.Purchase, shopper.Bought("beauty-hall", 10)));

    private static MemberCommand.ReceivePoints Received(DateTimeOffset now) => new(
        Friend, new("t", Shopper.Id, "points", [new(new(5), null)], now.AddMinutes(1), null));
}
