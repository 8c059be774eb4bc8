using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// The three steps of a transfer: debit, credit, done. The receiver's word is an entry, so that a step asked
/// again is answered the same; refused points go back to where they were, with the ends that they had.
/// </summary>
internal static class TransferArm
{
    /// <summary>How long the one who began it has to end it before a timer does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Decision? Decide(DecisionDraft draft, MemberCommand.SendPoints command)
    {
        if (SpendableWallet.Find(draft, command.Wallet, command.Amount, out var wallet) is { } refusal)
            return refusal;
        if (command.To == draft.State.Id)
            return Refusal.Of(RejectionKind.TransferToSelf, "to", $"{command.To} is the sender.");
        if (draft.State.Available(wallet.Id) is var available && available < command.Amount)
            return PointsArm.TooFew(available, command.Amount);
        var (parts, _) = Drawing.Take(draft.State, wallet.Id, command.Amount);
        draft.Add(new Fact.TransferSent(new(
            command.Transfer, command.To, wallet.Id, LotsOf(draft.State, parts), draft.Now + Patience,
            command.Reason)));
        draft.Add(new Fact.Transferred(
            command.Transfer, command.To, wallet.Id, -command.Amount, null, Points.Zero, null, parts,
            command.Reason));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReceivePoints command)
    {
        if (Obstacle(draft, command.Transfer) is { } kind)
            draft.Add(new Fact.TransferRefused(
                command.Transfer.Id, command.From, RejectionCatalog.Of(kind).Code));
        else
            Add(draft, command.Transfer, command.From);
        return null;
    }

    /// <summary>Changes nothing where it has ended.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndTransfer command)
    {
        if (draft.State.FindTransfer(command.Transfer) is not { } transfer)
            return null;
        draft.Add(new Fact.TransferEnded(transfer.Id, command.Refused));
        if (command.Refused is not null)
            Add(draft, transfer, transfer.To);
        return null;
    }

    private static RejectionKind? Obstacle(DecisionDraft draft, PointsTransfer transfer)
    {
        if (!Standing.Of(draft.State).Receives)
            return RejectionKind.MemberBlocked;
        if (draft.Programme.FindWallet(transfer.Wallet) is not { } wallet)
            return RejectionKind.UnknownWallet;
        if (Ceilings.Above(draft.State, wallet, transfer.Amount) > Points.Zero)
            return RejectionKind.CeilingExceeded;
        var balance = draft.State.FindWallet(transfer.Wallet)?.Balance ?? Points.Zero;
        return (balance + transfer.Amount).Value > Points.Limit ? RejectionKind.PointsOverflow : null;
    }

    private static void Add(DecisionDraft draft, PointsTransfer transfer, MemberId other)
    {
        foreach (var lot in transfer.Lots)
            draft.Add(new Fact.Transferred(
                transfer.Id, other, transfer.Wallet, lot.Amount,
                LotBook.NumberFor(draft.State, transfer.Wallet, activatesAt: null, lot.ExpiresAt),
                Earning.Settled(draft, transfer.Wallet, lot.Amount), lot.ExpiresAt, [], transfer.Reason));
    }

    private static ImmutableArray<TransferLot> LotsOf(MemberState state, ImmutableArray<LotPart> parts)
    {
        var lots = ImmutableArray.CreateBuilder<TransferLot>(parts.Length);
        foreach (var part in parts)
            lots.Add(new(part.Amount, LotBook.Get(state.Lots, part.Lot).ExpiresAt));
        return lots.MoveToImmutable();
    }
}
