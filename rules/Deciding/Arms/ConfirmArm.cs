using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Somebody vouches for a receipt: what waits for that becomes active.</summary>
internal static class ConfirmArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.ConfirmPurchase command)
    {
        var need = new Need.OfPurchase(command.Store, command.Receipt);
        if (need.Equals(draft.Context.Missing))
            return Refusal.Of(
                RejectionKind.UnknownReceipt, "receipt",
                $"{command.Store} has no receipt {command.Receipt}.");
        if (draft.Context.Purchase is not { } purchase || !purchase.Is(command.Store, command.Receipt))
            return new Decision.Needs(need);
        var confirmed = ReviewArm.Confirm(draft, command.Store, command.Receipt);
        foreach (var earned in purchase.Facts.OfType<Fact.Earned>())
            if (earned.Unconfirmed && LotBook.Find(draft.State.Lots, earned.Lot) is { Unconfirmed: true }
                && draft.State.Reviews?.Holding(earned.Lot) is null)
            {
                Earning.Activate(draft, earned.Lot);
                confirmed = true;
            }

        return confirmed
            ? null
            : Refusal.Of(
                RejectionKind.NoSuchPoints, "receipt",
                $"No points of receipt {command.Receipt} wait for a confirmation.");
    }
}
