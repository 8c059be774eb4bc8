using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// A refund: needs the purchase, checks what is left of it, and takes back what it had earned. Without its
/// purchase it waits.
/// </summary>
internal static class RefundArm
{
    public static Decision? Decide(DecisionDraft draft, MallEvent happened, RefundData refund)
    {
        if (draft.Programme.Stores.ContainsKey(refund.Store) && !PurchaseWaits(draft.State, refund))
            return Record(draft, happened, refund);
        PurchaseArm.Park(draft, happened, refund.Store);
        return null;
    }

    private static Decision? Record(DecisionDraft draft, MallEvent happened, RefundData refund)
    {
        var need = new Need.OfPurchase(refund.Store, refund.Receipt);
        if (need.Equals(draft.Context.Missing))
            return WaitingRefunds.Park(draft, happened, refund, Fact.EventCounted.Instance);
        if (draft.Context.Purchase is not { } purchase || !purchase.Is(refund.Store, refund.Receipt))
            return new Decision.Needs(need);
        if (Return.Refuse(refund, purchase) is { } refusal)
            return refusal;
        Return.Decide(draft, happened, refund, purchase, Fact.EventCounted.Instance);
        return null;
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
