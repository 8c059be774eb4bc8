using MallVip.Rules.Audit;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>What becomes of two members when one becomes a part of the other.</summary>
public class MergeTests
{
    private static readonly MemberId Old = MemberId.Parse("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void Lots_keep_their_dates_and_what_lapses_first_is_spent_first_whoever_brought_it()
    {
        var old = Rich(90).Buys("beauty-hall", 40, "S");
        var member = Rich(90).Wait("2026-12-01T12:00").Buys("beauty-hall", 7, "T");

        member.Do(Absorb(old));
        member.Spends(120);

        Assert.Equal(
            [(3, 120, new DateTime(2027, 2, 20)), (2, 7, new DateTime(2027, 3, 2))],
            member.State.Lots.Select(lot => (
                lot.Number, (int)lot.Remaining.Value,
                lot.ExpiresAt!.Value.ToOffset(TimeSpan.FromHours(8)).Date)));
        member.Wait("2027-02-25T12:00").Fires();
        Assert.Equal(7, member.State.FindWallet("points")!.Balance.Value);
        Assert.Equal((247, 120, 120), Sums(member));
    }

    [Fact]
    public void What_nobody_has_confirmed_yet_still_waits_and_lapses_on_its_day()
    {
        var programme = Examples.PointPerYuan(wallet => wallet with
        {
            Pending = PendingUntil.Confirmed,
            PendingDays = 5,
        }).Build();
        var member = new Shopper(programme);
        member.Do(Absorb(new Shopper(programme).Buys("beauty-hall", 40, "S")));
        Assert.Equal("lot 1 points 40/40 unconfirmed to 2026-11-26 00:00", LedgerText.Lots(member));

        member.Wait("2026-11-26T00:00").Fires();
        Assert.Equal("lot 1 expired 40", LedgerText.Last(member));
    }

    [Fact]
    public void A_debt_is_paid_from_the_other_ones_points_in_both_directions()
    {
        Assert.Equal(60, Together(Owing(), Rich(90)));
        Assert.Equal(60, Together(Rich(90), Owing()));
        Assert.Equal(-80, Together(Owing(), Owing()));

        static long Together(Shopper old, Shopper member)
        {
            member.Do(Absorb(old));
            return member.State.FindWallet("points")!.Balance.Value;
        }
    }

    [Fact]
    public void What_is_held_stays_held_and_what_was_used_of_a_limit_is_used()
    {
        var old = Rich(90).Holds("old", 30);
        var member = Rich(90).Holds("own", 20);
        member.Do(Absorb(old));

        Assert.Equal(150, member.State.Available("points").Value);
        member.Captures("old");
        Assert.Equal(170, member.State.FindWallet("points")!.Balance.Value);
        Assert.Equal(RejectionKind.MergeBlocked, member.Refused(
            new MemberCommand.Absorb("unknown", Old, 0, null)).Kind);
    }

    [Fact]
    public void Events_that_wait_for_their_store_settle_each_once_though_both_count_their_entries_alike()
    {
        var (old, member, third) = (Waiting("A", 10), Waiting("B", 20), Waiting("C", 40));
        old.Do(Absorb(member));
        third.Do(Absorb(old, "m2"));

        Assert.Equal(3, third.State.Parked.Select(parked => parked.Entry).Distinct().Count());
        third.Programme = Examples.PointPerYuan()
            .Mall("annex", FakeProgramme.Shanghai, "new-store").Build();
        third.Do(new MemberCommand.SettleParked());
        Assert.Empty(third.State.Parked);
        Assert.Equal(70, third.State.FindWallet("points")!.Balance.Value);
        Assert.Equal([4L, 3L], third.State.Absorbed.Select(part => part.Entries));

        static Shopper Waiting(string receipt, decimal paid)
        {
            var programme = Examples.PointPerYuan().Build();
            var shopper = new Shopper(programme);
            return shopper.Buys("beauty-hall", 0, "0" + receipt).Buys("new-store", paid, receipt);
        }
    }

    [Fact]
    public void The_survivors_word_stands_consent_is_what_was_said_last_and_no_block_is_lifted()
    {
        var (old, member) = (Rich(90), Rich(90));
        Says(member, true, "2026-11-21T12:00");
        Says(old, false, "2026-11-21T13:00");
        old.Becomes(MemberStatus.CardLost);
        old.Do(new MemberCommand.AddTag("vip", old.Now.AddDays(9), null));
        member.Do(new MemberCommand.AddTag("vip", old.Now.AddDays(3), null));

        member.Do(Absorb(old));

        Assert.False(member.State.FindConsent("sms")!.Granted);
        Assert.Equal(MemberStatus.CardLost, member.State.Status!.Status);
        Assert.Equal(old.Now.AddDays(9), Assert.Single(member.State.Tags).Until);
        Assert.Equal((2, 200m), (member.State.Purchases, member.State.Days.Spent(Today, Today)));
        Assert.Equal(1, member.State.Days.Visits(Today, Today));

        static void Says(Shopper shopper, bool granted, string at) => shopper.Wait(at).Sends(
            EventTypes.MemberUpdated, new MemberData(null!)
            {
                Consent = System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty
                    .Add("sms", granted),
            });
    }

    [Fact]
    public void Who_is_on_the_way_takes_no_command_absorbs_nobody_and_has_nothing_due()
    {
        var (old, member) = (Rich(90), Rich(90));
        old.Do(new MemberCommand.StartMerge("m", Old, "asked for"));

        var spend = new MemberCommand.Spend("points", new(1), "gift");
        Assert.Equal(RejectionKind.MemberMerged, old.Refused(spend).Kind);
        old.Do(Absorb(member, "other"));
        Assert.Equal("member_merged", Assert.IsType<Fact.MergeRefused>(Assert.Single(old.Last)).Code);
        Assert.IsType<Decision.Unchanged>(old.Wait("2027-12-01T12:00").Decide(new MemberCommand.FireDue()));
        old.Do(new MemberCommand.EndMerge("m", "member_blocked"));
        Assert.Equal(0, old.State.FindWallet("points")!.Balance.Value);
        Assert.Null(old.State.Merge);
    }

    [Fact]
    public void Who_has_become_a_part_of_another_is_moved_by_no_ladder()
    {
        var old = Rich(90);
        old.Do(new MemberCommand.StartMerge("m", Old, "asked for"));
        old.Do(new MemberCommand.EndMerge("m", null));
        var ladder = Examples.PointPerYuan().Tier("base", null).Build();

        Assert.Null(TierReassessment.MoveOf(old.State, ladder, old.Now, falls: true));
        Assert.Equal((null, "base"), TierReassessment.MoveOf(Rich(90).State, ladder, old.Now, falls: true));
    }

    [Fact]
    public void Sums_beyond_the_limit_are_no_reason_for_half_a_merge()
    {
        var (old, member) = (Rich(90), Rich(90));
        member.Do(new MemberCommand.Adjust("points", new(Points.Limit - 150), "rich", null));

        member.Do(Absorb(old));

        Assert.Equal("points_overflow", Assert.IsType<Fact.MergeRefused>(Assert.Single(member.Last)).Code);
        Assert.Equal(Points.Limit - 50, member.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void The_auditor_finds_a_wallet_that_comes_with_more_than_it_had()
    {
        var (old, member) = (Rich(90), Rich(90));
        var absorb = Absorb(old);
        var decided = (Decision.Accepted)member.Decide(absorb);
        var doctored = decided.Facts.Select(fact => fact is Fact.WalletJoined joined
            ? joined with
            {
                Sums = joined.Sums with { Balance = new(101), Earned = new(101) },
                Lots = [joined.Lots[0] with { Remaining = new(101) }],
            }
            : fact).ToArray();
        var state = MemberFold.Apply(member.State, [.. doctored], member.Journal.Count + 1);

        member.Auditor.Add(
            member.Journal.Count + 1, EntryBody.Of(absorb, [.. doctored], state), _ => old.Auditor);

        Assert.Contains(member.Auditor.Problems, problem => problem.Code == "merge");
        Assert.Contains(member.Auditor.Problems, problem => problem.Code == "after");
    }

    private static DateOnly Today { get; } = new(2026, 11, 21);

    private static Shopper Rich(int days) => new Shopper(
        Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(days) }).Build())
        .Buys("beauty-hall", 100, "R");

    /// <summary>40 points below zero: a return found that they were spent.</summary>
    private static Shopper Owing() => new Shopper(
        Examples.PointPerYuan(wallet => wallet with { Returns = ReturnPolicy.Negative }).Build())
        .Buys("beauty-hall", 40, "R").Spends(40).Returns("beauty-hall", "R", 40);

    private static MemberCommand.Absorb Absorb(Shopper old, string merge = "m") =>
        new(merge, Old, old.Journal.Count, old.State);

    private static (long Earned, long Spent, long Expired) Sums(Shopper shopper)
    {
        var wallet = shopper.State.FindWallet("points")!;
        return (wallet.Earned.Value, wallet.Spent.Value, wallet.Expired.Value);
    }
}
