using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>
/// What was found when a waiting refund's receipt was looked for. Nothing changes where the refund waits no
/// more: the step has been done, or its purchase came meanwhile.
/// </summary>
internal static class WaitingRefundArm
{
    /// <summary>The purchase is this member's: it settles, or is looked for later where it is not there
    /// after all.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.SettleRefund command)
    {
        if (Find(draft.State, command.Entry) is not { Event.Data: RefundData refund } parked)
            return null;
        var need = new Need.OfPurchase(refund.Store, refund.Receipt);
        if (need.Equals(draft.Context.Missing))
            WaitingRefunds.LookLater(draft, parked);
        else if (draft.Context.Purchase is { } purchase && purchase.Is(refund.Store, refund.Receipt))
            WaitingRefunds.Settle(draft, parked, refund, purchase);
        else
            return new Decision.Needs(need);
        return null;
    }

    /// <summary>Nobody has the purchase, or another member, to whom the refund has gone.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.LeaveRefund command)
    {
        if (Find(draft.State, command.Entry) is not { Event.Data: RefundData refund } parked)
            return null;
        if (command.How is null)
        {
            WaitingRefunds.LookLater(draft, parked);
            return null;
        }

        draft.Add(new Fact.EventSettled(parked.Entry));
        if (command.How == MemberCommand.LeaveRefund.Taken)
            draft.Warn(
                WarningCodes.RefundMoved,
                $"Receipt {refund.Receipt} of {refund.Store} is another member's; refund {refund.Refund} "
                + $"has gone there.");
        else
            draft.Warn(
                WarningCodes.RefundDropped,
                $"Refund {refund.Refund}: the member of the receipt refused it as {command.How}.");
        return null;
    }

    private static ParkedEvent? Find(MemberState state, long entry)
    {
        foreach (var parked in state.Parked)
            if (parked.Entry == entry && parked.Until is not null)
                return parked;
        return null;
    }
}
