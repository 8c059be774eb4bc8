using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// Events that waited for their store: the purchases that can be settled now, or else the first refund. A
/// refund comes after its purchase, so that it finds the purchase in the journal.
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
            if (parked.Event.Data is RefundData refund && draft.Programme.Stores.ContainsKey(parked.Store))
                return SettleRefund(draft, parked, refund);
        return null;
    }

    private static Decision? SettleRefund(DecisionDraft draft, ParkedEvent parked, RefundData refund)
    {
        var fact = new Fact.EventSettled(parked.Entry);
        var answer = RefundArm.Record(draft, parked.Event, refund, fact);
        if (answer is not Decision.Rejected { Rejection: var rejection })
            return answer;
        draft.Add(fact);
        draft.Warn(WarningCodes.RefundDropped, $"Refund {refund.Refund}: {rejection.Detail}");
        return null;
    }
}
