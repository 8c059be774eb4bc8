using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Journaling;

public class SnapshotTests
{
    [Fact]
    public void A_full_state_survives_a_snapshot()
    {
        var state = Full();
        var bytes = MemberSnapshot.Write(state);
        var back = MemberSnapshot.Read(MemberSnapshot.Schema, bytes)!;

        Assert.Equal(bytes, MemberSnapshot.Write(back));
        Assert.Equal(state.Lots.AsSpan().ToArray(), back.Lots.AsSpan().ToArray());
        Assert.Equal(state.Limits.AsSpan().ToArray(), back.Limits.AsSpan().ToArray());
        Assert.Equal(state.Tags.AsSpan().ToArray(), back.Tags.AsSpan().ToArray());
        Assert.Equal(state.Attributes, back.Attributes);
        Assert.Equal(state.Days.LastDay, back.Days.LastDay);
        Assert.Equal(state.Days.Spent(DateOnly.MinValue, DateOnly.MaxValue),
            back.Days.Spent(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public void An_empty_state_survives_a_snapshot()
    {
        var back = MemberSnapshot.Read(MemberSnapshot.Schema, MemberSnapshot.Write(MemberState.Empty))!;

        Assert.Equal((null, 1, 0), (back.Id, back.NextLot, back.Lots.Length));
        Assert.Empty(back.Attributes);
        Assert.Null(back.Days.LastDay);
    }

    [Fact]
    public void A_snapshot_of_another_schema_is_not_read() =>
        Assert.Null(MemberSnapshot.Read(MemberSnapshot.Schema + 1, MemberSnapshot.Write(MemberState.Empty)));

    [Fact]
    public void A_loaded_member_shares_the_names_of_wallets_and_malls()
    {
        var bytes = MemberSnapshot.Write(Full());
        var (one, other) = (Read(bytes), Read(bytes));

        Assert.Same(one.Lots[0].Wallet, other.Lots[0].Wallet);
        Assert.Same(one.Days.Malls[0], other.Days.Malls[0]);
        Assert.Same(one.Limits[0].Key, other.Limits[0].Key);
    }

    [Fact]
    public void The_outcome_of_a_body_read_back_is_the_first_one()
    {
        var shopper = new Shopper(Examples.GoldBeauty().Build()).Buys("beauty-hall", 600);
        var body = EntryBody.Of(shopper.Journal[^1].Command!, shopper.Last, shopper.State);
        var (first, again) = (
            Outcome.From(body), Outcome.From(JournalJson.ReadBody(JournalJson.Write(body))));

        Assert.Equal(first.Lines.AsSpan().ToArray(), again.Lines.AsSpan().ToArray());
        Assert.Equal(240, again.Lines.Sum(line => line.Points.Value));
        Assert.Equal([new WalletAfter("points", new(240), new(0))], again.Wallets.AsSpan().ToArray());
    }

    [Fact]
    public void The_outcome_of_a_purchase_does_not_boast_with_birthday_points()
    {
        var programme = Examples.PointPerYuan().Earn("cake", _ => 88, on: EventTypes.MemberBirthday).Build();
        var shopper = new Shopper(programme, enrol: false);
        shopper.Do(
            new MemberCommand.Enrol(Shopper.Id, shopper.Now, null, [], MemberState.Empty.Attributes.Add(
            "birthday", new FieldValue.Date(new(4, 11, 25)))));
        shopper.Wait("2026-11-25T10:00").Buys("beauty-hall", 10);
        var outcome = Outcome.From(EntryBody.Of(shopper.Journal[^1].Command!, shopper.Last, shopper.State));

        Assert.Equal(10, Assert.Single(outcome.Lines).Points.Value);
        Assert.Equal(98, Assert.Single(outcome.Wallets).Balance.Value);
    }

    private static MemberState Read(byte[] bytes) => MemberSnapshot.Read(MemberSnapshot.Schema, bytes)!;

    private static MemberState Full()
    {
        var programme = Examples.GoldBeauty(wallet =>
            wallet with { PendingDays = 3, Expiry = new ExpiryPolicy.AfterMonths(12, true) })
            .Tier("basic", null, 12).Build();
        var shopper = new Shopper(programme, enrol: false);
        shopper.Do(new MemberCommand.Enrol(
            Shopper.Id, shopper.Now, "plaza", [new("phone", "h1")],
            MemberState.Empty.Attributes.Add("birthday", new FieldValue.Date(new(4, 2, 29)))));
        shopper.Buys("beauty-hall", 600).Buys("nowhere", 1).Buys("food-court", 0.01m);
        shopper.Sends(EventTypes.ParkingEntry, new ParkingData("plaza-p", "h2", "s1", null));
        shopper.Do(new MemberCommand.AddTag("vip", Shopper.At("2027-01-01T00:00"), null));
        return shopper.State;
    }
}
