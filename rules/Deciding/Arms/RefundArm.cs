using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>A refund: needs the purchase, checks what is left of it, and takes back what it had earned.</summary>
internal static class RefundArm
{
    public static Decision? Decide(DecisionDraft draft, MallEvent happened, RefundData refund)
    {
        if (draft.Programme.Stores.ContainsKey(refund.Store))
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
                RejectionKind.UnknownReceipt, "data.receipt", $"{refund.Store} has no receipt {refund.Receipt}.");
        if (draft.Context.Purchase is not { } purchase || !purchase.Is(refund.Store, refund.Receipt))
            return new Decision.Needs(need);
        var before = draft.State;
        draft.Add(accepted);
        RuleRun.Of(draft, EventScope.Of(draft.Programme, happened), before);
        return null;
    }
}
