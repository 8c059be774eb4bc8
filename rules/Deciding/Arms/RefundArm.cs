using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// A refund: needs the purchase, checks what is left of it, and takes back what it had earned.
/// </summary>
internal static class RefundArm
{
    public static Decision? Decide(DecisionDraft draft, MallEvent happened, RefundData refund)
    {
        if (draft.Programme.Stores.ContainsKey(refund.Store) && !PurchaseWaits(draft.State, refund))
            return Record(draft, happened, refund, Fact.EventCounted.Instance);
        PurchaseArm.Park(draft, happened, refund.Store);
        return null;
    }

    /// <param name="accepted">The fact behind which stands what the refund caused.</param>
    public static Decision? Record(DecisionDraft draft, MallEvent happened, RefundData refund, Fact accepted)
    {
        var need = new Need.OfPurchase(refund.Store, refund.Receipt);
        if (need.Equals(draft.Context.Missing))
            return Refusal.Of(
                RejectionKind.UnknownReceipt, "data.receipt",
                $"{refund.Store} has no receipt {refund.Receipt}.");
        if (draft.Context.Purchase is not { } purchase || !purchase.Is(refund.Store, refund.Receipt))
            return new Decision.Needs(need);
        if (Refuse(refund, purchase) is { } refusal)
            return refusal;
        var before = draft.State;
        draft.Add(accepted);
        Return.Record(draft, happened, refund, purchase);
        RuleRun.Of(draft, EventScope.Of(draft.Programme, happened), before);
        return null;
    }

    private static Decision? Refuse(RefundData refund, PurchaseHistory purchase)
    {
        if (purchase.Returns.Any(earlier => earlier.Refund == refund.Refund))
            return Refusal.Of(
                RejectionKind.RefundKnown, "data.refund", $"Refund {refund.Refund} is recorded.");
        var basket = new RemainingBasket(purchase.Purchase, purchase.Returns);
        if (basket.UnknownLine(refund) is { } unknown)
            return Refusal.Of(
                RejectionKind.UnknownLine, "data.lines", $"The purchase has no line {unknown.Line}.");
        return basket.Excess(refund) is { } excess
            ? Refusal.Of(RejectionKind.ReturnExceedsPurchase, "data", excess)
            : null;
    }

    private static bool PurchaseWaits(MemberState state, RefundData refund)
    {
        foreach (var parked in state.Parked)
            if (parked.Event.Data is PurchaseData waiting
                && waiting.Store == refund.Store
                && waiting.Receipt == refund.Receipt)
                return true;
        return false;
    }
}
