using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>
/// One member's history on one side of a back-test: entries as they are recorded, or decided anew. Not
/// thread-safe.
/// </summary>
/// <param name="budgets">What budgets answer.</param>
/// <param name="others">The same side of members who have become a part of this one.</param>
/// <param name="length">How many entries there will be at most, or one more.</param>
public sealed class MemberReplay(ReplayBudgets budgets, Func<MemberId, MemberReplay?> others, int length)
{
    private readonly List<ReplayedEntry> _entries = new(length);
    private readonly List<Shortfall> _shortfalls = [];

    /// <summary>Until when nothing is due under a programme; null: nothing is known of any.</summary>
    private (Programme Programme, DateTimeOffset Until)? _quiet;

    /// <summary>The member after the last entry.</summary>
    public MemberState State { get; private set; } = MemberState.Empty;

    /// <summary>All entries that changed anything, oldest first.</summary>
    public ReadOnlySpan<ReplayedEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>What could not be done any more.</summary>
    public IReadOnlyList<Shortfall> Shortfalls => _shortfalls;

    /// <summary>What budgets were asked.</summary>
    public ReplayBudgets Budgets => budgets;

    /// <summary>Takes an entry as it is recorded.</summary>
    /// <param name="counts">It belongs to the time that is compared.</param>
    /// <param name="after">The state that it leads to, if that is known; null: it is folded.</param>
    public void Keep(PastEntry entry, Programme programme, bool counts, MemberState? after)
    {
        Add(entry.Seq, entry.Command, entry.Facts, programme, counts);
        State = after ?? MemberFold.Apply(State, entry.Facts, entry.Seq);
        _quiet = null;
        budgets.Keep(entry.Facts);
    }

    /// <summary>Whether the last entry is this one with the very facts that are recorded.</summary>
    public bool EndsWith(PastEntry entry)
    {
        if (_entries.Count == 0 || _entries[^1] is var last && last.Seq != entry.Seq
            || last.Facts.Length != entry.Facts.Length)
            return false;
        for (var i = 0; i < last.Facts.Length; i++)
            if (!IsSame(last.Facts[i], entry.Facts[i]))
                return false;
        return true;
    }

    /// <summary>Decides an entry's command anew, on the clock of the entry. Points that are spent and are not
    /// there are spent as far as they are.</summary>
    public void Decide(in BacktestEntry entry, Programme programme)
    {
        var command = WithOwnState(entry.Past.Command);
        var decision = Decide(entry, command, programme);
        if (decision is not Decision.Rejected { Rejection: var rejection })
            return;
        // The draft has not put the event under review.
        if (rejection.Kind == RejectionKind.UnknownReview)
            return;
        var (wallet, points) = Moved(command, programme);
        if (rejection.Kind == RejectionKind.InsufficientPoints && command is MemberCommand.Spend spend
            && State.Available(spend.Wallet) is var left && left > Points.Zero
            && Decide(entry, spend with { Amount = left }, programme) is Decision.Accepted)
            points -= left;
        _shortfalls.Add(new(entry.Past.Seq, RejectionCatalog.Of(rejection.Kind).Code, wallet, points));
    }

    private Decision Decide(in BacktestEntry entry, MemberCommand command, Programme programme)
    {
        budgets.Begin();
        var context = new DecideContext
        {
            Programme = programme,
            Now = entry.Past.At,
            Run = true,
            Entry = entry.Past.Seq,
            Actor = entry.Past.Actor,
            QuietUntil = _quiet is { } quiet && quiet.Programme == programme ? quiet.Until : null,
        };
        var decision = MemberDecider.Decide(State, command, context);
        while (decision is Decision.Needs { Need: var need })
        {
            context = need switch
            {
                Need.OfPurchase purchase when HistoryOf(purchase) is { } history =>
                    context with { Purchase = history },
                Need.OfBudgets asked => context with
                {
                    Budgets = budgets.Answer(State.Id ?? default, entry, asked.Asks),
                },
                _ => context with { Missing = need },
            };
            decision = MemberDecider.Decide(State, command, context);
        }

        if (decision is Decision.Accepted accepted)
        {
            Add(entry.Past.Seq, command, accepted.Facts, programme, counts: true);
            State = accepted.State;
            _quiet = (programme, accepted.NextDue ?? DateTimeOffset.MaxValue);
            budgets.Close(accepted.Facts);
        }

        return decision;
    }

    /// <summary>Who is taken in is what this side has made of it.</summary>
    private MemberCommand WithOwnState(MemberCommand command) =>
        command is MemberCommand.Absorb { State: not null } absorb
        && others(absorb.From)?.After(absorb.Entries) is { } state
            ? absorb with { State = state }
            : command;

    private MemberState After(long entries)
    {
        foreach (var entry in _entries)
            if (entry.Seq > entries)
                return entry.Before;
        return State;
    }

    private PurchaseHistory? HistoryOf(Need.OfPurchase need)
    {
        if (Find(need) is >= 0 and var own)
            return From(need, _entries[own], 0, Since(own, 0));
        foreach (var part in State.Absorbed)
            if (others(part.Member) is { } other && other.Find(need) is >= 0 and var at)
                return From(
                    need, other._entries[at], part.LotsFrom,
                    other.Since(at, part.LotsFrom).Concat(SinceAbsorbed(part)));
        return null;
    }

    /// <summary>The entries of those who took a member in, one after the other, down to this one.</summary>
    private IEnumerable<EntryFacts> SinceAbsorbed(AbsorbedMember part)
    {
        for (AbsorbedMember? link = part, by; link is not null; link = by)
        {
            by = State.Absorbed.FirstOrDefault(next => next.Member == link.By);
            var holder = by is null ? this : others(by.Member);
            foreach (var entry in holder?._entries ?? [])
                if (entry.Seq >= link.Entry)
                    yield return entry.ToFacts(by?.LotsFrom ?? 0);
        }
    }

    private static PurchaseHistory? From(
        Need.OfPurchase need, in ReplayedEntry purchase, int lotsFrom, IEnumerable<EntryFacts> since) =>
        PurchaseHistory.From(
            need.Store, need.Receipt,
            lotsFrom == 0 ? purchase.Before : LotNumbers.Shift(purchase.Before, lotsFrom),
            purchase.Programme, since);

    private IEnumerable<EntryFacts> Since(int first, int lotsFrom) =>
        _entries.Skip(first).Select(entry => entry.ToFacts(lotsFrom));

    private int Find(Need.OfPurchase need) =>
        _entries.FindIndex(entry => entry.Records(need.Store, need.Receipt));

    private void Add(
        long seq, MemberCommand command, ImmutableArray<Fact> facts, Programme programme, bool counts) =>
        _entries.Add(new(seq, command, facts, State, programme, counts));

    /// <summary>Lists are compared by what a journal would hold of them: that is slow, and rare.</summary>
    private static bool IsSame(Fact one, Fact recorded) => one.Equals(recorded)
        || (one is Fact.SpentPoints or Fact.Reversed or Fact.Returned or Fact.Adjusted or Fact.Transferred
            && one.GetType() == recorded.GetType() && FactText.Same.Equals(one, recorded));

    private (string? Wallet, Points Points) Moved(MemberCommand command, Programme programme) =>
        command switch
        {
            MemberCommand.Spend spend => (spend.Wallet, spend.Amount),
            MemberCommand.HoldPoints hold => (hold.Wallet, hold.Amount),
            MemberCommand.SendPoints send => (send.Wallet, send.Amount),
            MemberCommand.OrderReward order
                when programme.Rewards.TryGetValue(order.Reward, out var reward) =>
                (reward.Wallet, reward.PriceFor(State.Tier?.Tier).Points),
            MemberCommand.Adjust { Amount: var amount } adjust when amount < Points.Zero =>
                (adjust.Wallet, -amount),
            _ => (null, Points.Zero),
        };
}
