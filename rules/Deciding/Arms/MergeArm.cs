using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Rules.Returns;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// The three steps of a merge: the one who ends stands still, the other takes it in, the first is over. The
/// other one's word is an entry, so that a step asked again is answered the same; who is on its way itself
/// refuses at once, so that rings end.
/// </summary>
internal static class MergeArm
{
    /// <summary>How long the one who began it has to end it before a timer does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>Null: the member takes commands of this kind.</returns>
    public static Decision? Refuse(MemberState state, MemberCommand command) => state.Merge is null
        || command is MemberCommand.Absorb or MemberCommand.EndMerge or MemberCommand.FireDue
        ? null
        : Refusal.Of(
            RejectionKind.MemberMerged, null, $"The member is merged into {state.Merge.Into}.");

    public static Decision? Decide(DecisionDraft draft, MemberCommand.StartMerge command)
    {
        if (command.Into == draft.State.Id)
            return Refusal.Of(RejectionKind.MergeWithSelf, "into", $"{command.Into} is the member.");
        if (!draft.State.Transfers.IsEmpty)
            return Refusal.Of(
                RejectionKind.MergeBlocked, null, $"Points of the member are on their way to another.");
        draft.Add(new Fact.MergeStarted(
            new(command.Merge, command.Into, draft.Now + Patience), command.Reason));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.Absorb command)
    {
        if (command.State is not { } other)
            return Refusal.Of(RejectionKind.MergeBlocked, null, $"Merge {command.Merge} is not known.");
        if (Obstacle(draft, other) is { } kind)
            draft.Add(new Fact.MergeRefused(
                command.Merge, command.From, RejectionCatalog.Of(kind).Code));
        else
            Absorb(draft, command, other);
        return null;
    }

    /// <summary>Changes nothing where it has ended.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndMerge command)
    {
        if (draft.State.Merge is not { IsOver: false } merge || merge.Id != command.Merge)
            return null;
        if (command.Refused is null)
            foreach (var wallet in draft.State.Wallets)
                draft.Add(new Fact.WalletLeft(wallet.Wallet, merge.Into, wallet.Balance, wallet.Pending));
        draft.Add(new Fact.MergeEnded(merge.Id, command.Refused));
        return null;
    }

    private static RejectionKind? Obstacle(DecisionDraft draft, MemberState other)
    {
        if (draft.State.Merge is not null)
            return RejectionKind.MemberMerged;
        if (!Standing.Of(draft.State).Corrects)
            return RejectionKind.MemberBlocked;
        foreach (var wallet in other.Wallets)
            if (draft.State.FindWallet(wallet.Wallet) is { } own
                && (Math.Abs(own.Balance.Value + wallet.Balance.Value) > Points.Limit
                    || own.Pending.Value + wallet.Pending.Value > Points.Limit))
                return RejectionKind.PointsOverflow;
        return null;
    }

    private static void Absorb(DecisionDraft draft, MemberCommand.Absorb command, MemberState other)
    {
        var (first, before) = (draft.Facts.Count, draft.State);
        var lotsFrom = before.NextLot - 1;
        draft.Add(new Fact.Absorbed(
            command.Merge, command.From, command.Entries, other with { Wallets = [], Lots = [] }));
        foreach (var wallet in other.Wallets)
            Join(draft, command.From, wallet, LotsOf(other, wallet.Wallet, lotsFrom, draft.Context.Entry));
        TagGroups.Settle(draft);
        WaitingRefunds.LookNow(draft);
        var scope = EventScope.OfMember(
            draft.Programme, before, "member.merged", $"merge:{command.Merge}", draft.Now);
        var tier = TierGrants.Joined(draft.Programme, before.Tier, other.Tier);
        if (tier != before.Tier)
            draft.Add(TierFact.Of(before.Tier, tier, draft.Now, "merge"));
        TierLadder.Climb(draft, scope, "merge");
        Chain.Follow(draft, scope, before, first);
    }

    /// <summary>What one owes is paid by the points of the other.</summary>
    private static void Join(
        DecisionDraft draft, MemberId from, WalletState sums, ImmutableArray<Lot> lots)
    {
        var own = draft.State.FindWallet(sums.Wallet)?.Balance ?? Points.Zero;
        var paid = Points.Max(
            Points.Zero, Points.Min(Points.Max(own, sums.Balance), -Points.Min(own, sums.Balance)));
        var joined = new Fact.WalletJoined(from, sums, lots, []);
        var together = MemberFold.Apply(draft.State, joined, draft.Context.Entry);
        draft.Add(joined with { Settled = Drawing.Take(together, sums.Wallet, paid).Parts });
    }

    private static ImmutableArray<Lot> LotsOf(MemberState other, string wallet, int lotsFrom, long entry) =>
    [
        .. other.Lots.Where(lot => lot.Wallet == wallet).Select(lot => new Lot(
            lotsFrom + lot.Number, wallet, lot.Amount, lot.Remaining, lot.ActivatesAt, lot.ExpiresAt, entry,
            lot.Unconfirmed)),
    ];
}
