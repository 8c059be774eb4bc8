using FsCheck;
using FsCheck.Fluent;
using MallVip.Rules.Audit;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Reviews;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Tests.Properties;

/// <summary>What holds for every history. A failure prints the seed that replays it.</summary>
public class LedgerProperties
{
    [Fact]
    public void The_balance_is_what_came_less_what_went_and_active_lots_hold_all_of_it() => Check(history =>
        Player.Play(history, (shopper, _, decision) =>
        {
            if (decision is not Decision.Accepted)
                return;
            foreach (var wallet in shopper.State.Wallets)
                CheckWallet(shopper.State, wallet, shopper.Now);
        }));

    [Fact]
    public void The_tier_is_never_below_the_earned_one_and_no_end_has_passed() => Check(history =>
        Player.Play(history, (shopper, _, decision) =>
        {
            if (decision is not Decision.Accepted)
                return;
            var (tier, ladder) = (shopper.State.Tier!, shopper.Programme.Tiers);
            var earned = TierGrants.Earned(shopper.State)!;
            Assert.True(TierLadder.RankOf(ladder, tier.Tier) >= TierLadder.RankOf(ladder, earned.Tier));
            Assert.True(tier.Until is null || tier.Until > shopper.Now);
            Assert.True(earned.Until is null || earned.Until > shopper.Now);
            Assert.Null(earned.Grant);
        }));

    [Fact]
    public void The_fold_of_the_facts_is_the_live_state_at_every_moment() => Check(history =>
    {
        var shopper = Player.Play(history);
        var state = MemberState.Empty;
        foreach (var entry in shopper.Journal)
            state = MemberFold.Apply(state, entry.Facts, entry.Seq);
        Assert.Equal(MemberSnapshot.Write(shopper.State), MemberSnapshot.Write(state));
    });

    [Fact]
    public void The_fold_of_bodies_read_back_is_the_live_state_and_the_auditor_agrees() => Check(history =>
    {
        var shopper = Player.Play(history);
        var (live, replayed, auditor) = (MemberState.Empty, MemberState.Empty, new LedgerAudit());
        foreach (var entry in shopper.Journal)
        {
            live = MemberFold.Apply(live, entry.Facts, entry.Seq);
            var written = EntryBody.Of(entry.Command!, entry.Facts, live);
            Assert.Equal(JournalJson.WriteByMetadata(written), JournalJson.Write(written));
            var body = JournalJson.ReadBody(JournalJson.Write(written));
            replayed = MemberFold.Apply(replayed, body.Facts, entry.Seq);
            auditor.Add(entry.Seq, body);
        }

        Assert.Equal(MemberSnapshot.Write(live), MemberSnapshot.Write(replayed));
        Assert.Empty(auditor.Problems);
        Assert.Equal(
            live.Wallets.Select(wallet => (wallet.Wallet, wallet.Balance.Value, wallet.Pending.Value)),
            auditor.Totals);
    });

    [Fact]
    public void A_snapshot_reads_back_as_the_state() => Check(history =>
    {
        var bytes = MemberSnapshot.Write(Player.Play(history).State);
        Assert.Equal(bytes, MemberSnapshot.Write(MemberSnapshot.Read(MemberSnapshot.Schema, bytes)!));
    });

    [Fact]
    public void A_state_from_a_snapshot_decides_like_the_live_one() => Check(history =>
        Player.Play(history, (shopper, command, _) =>
        {
            var copy = MemberSnapshot.Read(MemberSnapshot.Schema, MemberSnapshot.Write(shopper.State))!;
            var context = new DecideContext
            {
                Programme = shopper.Programme,
                Now = shopper.Now.AddDays(3),
                Entry = 1_000
            };
            Assert.Equal(
                Text(MemberDecider.Decide(shopper.State, command, context), command),
                Text(MemberDecider.Decide(copy, command, context), command));
        }));

    [Fact]
    public void Reversed_and_lapsed_and_shortfall_are_what_on_return_takes_back() => Check(history =>
    {
        var shopper = Player.Play(history);
        var facts = shopper.Journal.SelectMany(entry => entry.Facts).ToList();
        foreach (var reversed in facts.OfType<Fact.Reversed>())
            Assert.Equal(reversed.Amount.Value, reversed.Parts.Sum(part => part.Amount.Value)
                + reversed.FromBalance.Value);
        foreach (var bought in facts.OfType<Fact.Purchased>())
            CheckReturns(shopper, bought);
    });

    [Fact]
    public void After_a_decision_nothing_is_due_and_the_next_instant_is_never_late() => Check(history =>
        Player.Play(history, (shopper, _, decision) =>
        {
            if (decision is not Decision.Accepted)
                return;
            // Receipts of waiting refunds are looked for with others, and nobody else is here.
            var next = MemberDecider.NextDue(
                shopper.State with
                {
                    Parked = [.. shopper.State.Parked.Select(parked => parked with { LookAt = null })],
                },
                shopper.Programme);
            Assert.True(next is null || next > shopper.Now, $"{next} is due at {shopper.Now}.");
            if (next is { } at)
                Assert.IsType<Decision.Unchanged>(MemberDecider.Decide(
                    shopper.State,
                    new Rules.Commands.MemberCommand.FireDue(),
                    new() { Programme = shopper.Programme, Now = at.AddTicks(-1), Entry = 1_000 }));
        }));

    private static void CheckWallet(MemberState state, WalletState wallet, DateTimeOffset now)
    {
        Assert.Equal(
            wallet.Balance + wallet.Pending,
            wallet.Earned - wallet.Reversed - wallet.Spent - wallet.Expired + wallet.Adjusted
                + wallet.Transferred);
        var lots = state.Lots.Where(lot => lot.Wallet == wallet.Wallet).ToList();
        Assert.All(lots, lot => Assert.InRange(lot.Remaining.Value, 1, lot.Amount.Value));
        Assert.Equal(Math.Max(wallet.Balance.Value, 0), lots.Where(lot => !lot.IsPending)
            .Sum(lot => lot.Remaining.Value));
        Assert.True(lots.All(lot => lot.IsPending || lot.ExpiresAt is null || lot.ExpiresAt > now)
            || state.Held(wallet.Wallet).Value > 0, "Points that have lapsed are kept, and none is held.");
        Assert.Equal(wallet.Pending.Value, lots.Where(lot => lot.IsPending).Sum(lot => lot.Remaining.Value));
        for (var i = 1; i < state.Lots.Length; i++)
            Assert.True(state.Lots[i - 1].ComesBefore(state.Lots[i]));
    }

    private static void CheckReturns(Shopper shopper, Fact.Purchased bought)
    {
        var history = shopper.History(bought.Store, bought.Receipt)!;
        var left = bought.Paid.Amount - history.Returns.Sum(returned => returned.Paid.Amount);
        foreach (var earned in history.Facts.OfType<Fact.Earned>())
        {
            var taken =
                history.Reversals.Where(reversed => reversed.Lot == earned.Lot && reversed.Why == earned.Why)
                .Sum(reversed => reversed.Amount.Value + reversed.Lapsed.Value + reversed.Shortfall.Value);
            Assert.InRange(taken, 0, earned.Amount.Value);
            var share = earned.Amount.Value * left / bought.Paid.Amount;
            if (IsRejected(shopper, bought))
                continue;
            if (earned.Why?.Rule == "points/base")
                Assert.Equal(earned.Amount.Value - decimal.Floor(share), taken);
            else if (earned.Why?.Rule == "points/growth")
                Assert.Equal(earned.Amount.Value - decimal.Floor(share + 0.5m), taken);
        }
    }

    /// <summary>What a rejection has taken, no return takes again.</summary>
    private static bool IsRejected(Shopper shopper, Fact.Purchased bought) => shopper.Journal.Any(
        entry => entry.Facts.Any(fact => fact is Fact.ReviewEnded { How: ReviewEnd.Rejected } ended
            && ended.Store == bought.Store && ended.Receipt == bought.Receipt));

    private static string Text(Decision decision, Rules.Commands.MemberCommand command) => decision switch
    {
        Decision.Accepted accepted => Convert.ToBase64String(
            JournalJson.Write(EntryBody.Of(command, accepted.Facts, accepted.State))),
        _ => decision.ToString(),
    };

    private static void Check(Action<History> property) =>
        Prop.ForAll(History.Arbitrary, property).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
}
