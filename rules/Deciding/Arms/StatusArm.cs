using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>The member's status: set by hand, and asked before whatever it may block.</summary>
internal static class StatusArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.SetStatus command)
    {
        if (command.Status != Standing.Of(draft.State).Status)
            draft.Add(new Fact.StatusChanged(new(command.Status, draft.Now, command.Reason)));
        return null;
    }

    /// <returns>Null: the member's status allows the command.</returns>
    public static Decision? Refuse(MemberState state, MemberCommand command)
    {
        var standing = Standing.Of(state);
        var isAllowed = command switch
        {
            MemberCommand.RecordEvent { Event.Data: not RefundData } => standing.Records,
            MemberCommand.Adjust or MemberCommand.AddTag or MemberCommand.RemoveTag => standing.Corrects,
            MemberCommand.Spend or MemberCommand.HoldPoints or MemberCommand.CaptureHold
                or MemberCommand.SendPoints => standing.Spends,
            _ => true,
        };
        return isAllowed
            ? null
            : Refusal.Of(RejectionKind.MemberBlocked, null, $"The member is {standing.Word}.");
    }
}
