using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// Events that waited for their store: the purchases that can be settled now, each with its waiting refunds,
/// or else the first refund of a purchase that is settled already. One whose purchase is not there goes on
/// waiting for that.
/// </summary>
internal static class SettleArm
{
    public static Decision? Decide(DecisionDraft draft)
    {
        var settled = false;
        foreach (var parked in draft.State.Parked)
            if (parked.Event.Data is PurchaseData purchase
                && draft.Programme.Stores.TryGetValue(parked.Store, out var store))
            {
                var fact = new Fact.EventSettled(parked.Entry);
                PurchaseArm.Record(draft, parked.Event, purchase, store, fact);
                settled = true;
            }

        return settled ? null : SettleRefund(draft);
    }

    private static Decision? SettleRefund(DecisionDraft draft)
    {
        foreach (var parked in draft.State.Parked)
            if (parked.Until is null && parked.Event.Data is RefundData refund
                && draft.Programme.Stores.ContainsKey(parked.Store))
                return SettleRefund(draft, parked, refund);
        return null;
    }

    private static Decision? SettleRefund(DecisionDraft draft, ParkedEvent parked, RefundData refund)
    {
        var need = new Need.OfPurchase(refund.Store, refund.Receipt);
        if (need.Equals(draft.Context.Missing))
            return Park(draft, parked, refund);
        if (draft.Context.Purchase is not { } purchase || !purchase.Is(refund.Store, refund.Receipt))
            return new Decision.Needs(need);
        WaitingRefunds.Settle(draft, parked, refund, purchase);
        return null;
    }

    private static Decision? Park(DecisionDraft draft, ParkedEvent parked, RefundData refund)
    {
        var fact = new Fact.EventSettled(parked.Entry);
        if (WaitingRefunds.Park(draft, parked.Event, refund, fact) is not Decision.Rejected refused)
            return null;
        draft.Add(fact);
        draft.Warn(WarningCodes.RefundDropped, $"Refund {refund.Refund}: {refused.Rejection.Detail}");
        return null;
    }
}
