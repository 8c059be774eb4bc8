using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>The member's status: set by hand, and asked before whatever it may block.</summary>
internal static class StatusArm
{
    /// <summary>The same status again is recorded too: a repeat that comes late must find that it was said,
    /// or it would undo what was said in between.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.SetStatus command)
    {
        var before = draft.State.Status ?? new(MemberStatus.Active, draft.State.EnrolledAt, null);
        var since = command.Status == before.Status ? before.Since : draft.Now;
        draft.Add(new Fact.StatusChanged(new(command.Status, since, command.Reason)));
        return null;
    }

    /// <returns>Null: the member's status allows the command.</returns>
    public static Decision? Refuse(MemberState state, MemberCommand command)
    {
        var standing = Standing.Of(state);
        var isAllowed = command switch
        {
            MemberCommand.RecordEvent { Event.Data: not RefundData } => standing.Records,
            MemberCommand.Adjust or MemberCommand.AddTag or MemberCommand.RemoveTag
                or MemberCommand.StartMerge or MemberCommand.ConfirmPurchase or MemberCommand.ExtendPoints
                or MemberCommand.ExpirePoints or MemberCommand.GrantTier or MemberCommand.EndTierGrant
                or MemberCommand.VoidCoupon or MemberCommand.CancelOrder or MemberCommand.ReturnOrder
                    => standing.Corrects,
            MemberCommand.Spend or MemberCommand.HoldPoints or MemberCommand.CaptureHold
                or MemberCommand.SendPoints or MemberCommand.ReserveCoupon
                or MemberCommand.RedeemCoupon or MemberCommand.UseParking or MemberCommand.OrderReward
                or MemberCommand.PayOrder or MemberCommand.PickUpOrder => standing.Spends,
            MemberCommand.GrantCoupon => standing.Gains,
            _ => true,
        };
        return isAllowed
            ? null
            : Refusal.Of(RejectionKind.MemberBlocked, null, $"The member is {standing.Word}.");
    }
}
