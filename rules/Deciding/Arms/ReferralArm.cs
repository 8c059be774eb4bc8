using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>The two ends of a referral: the referrer hears of the friend's first purchase, and the friend
/// that it was heard. Who asks whom is not known here.</summary>
internal static class ReferralArm
{
    /// <summary>Recorded whatever the referrer's status: whether rules act on it is the status's business.
    /// </summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.RecordFriend command)
    {
        var before = draft.State;
        draft.Add(new Fact.FriendPurchased(command.Friend, command.Paid));
        var scope = EventScope.OfMember(
            draft.Programme, before, EventTypes.FriendPurchased, $"friend:{command.Friend}", draft.Now);
        var trigger = new Programmes.Trigger
        {
            Times = draft.State.Friends,
            Paid = command.Paid.Amount,
            Points = command.Identities.Count(draft.State.Identities.Contains),
        };
        RuleRun.Of(draft, scope.Following(EventTypes.FriendPurchased, trigger), before);
        return null;
    }

    /// <summary>Changes nothing where it has ended. A purchase may come back while the referrer is told: that
    /// it was heard stands.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndReferral command)
    {
        if (draft.State.Referral is { Ended: null or ReferralState.Returned } owed
            && owed.Friend == command.Friend)
            draft.Add(new Fact.ReferralEnded(command.How));
        return null;
    }

    /// <summary>Nobody was found: later again, or never.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.MissReferrer command)
    {
        if (draft.State.Referral is not { Ended: null } owed || owed.Friend != command.Friend
            || owed.DriveAt > draft.Now)
            return null;
        draft.Add(owed.LookAgain(draft.Now) is { } again
            ? new Fact.ReferralPostponed(again)
            : new Fact.ReferralEnded("unknown"));
        return null;
    }
}
