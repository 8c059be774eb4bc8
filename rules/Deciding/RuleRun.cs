using MallVip.Rules.Achievements;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Reviews;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding;

/// <summary>
/// Runs the rules on one event: points, then all else, then the ends of tags, the achievements and the tier,
/// which see the event; then what follows from all that.
/// </summary>
internal static class RuleRun
{
    /// <summary>Does nothing for a member for whom rules do nothing.</summary>
    /// <param name="before">The member as of before the event: what the rules read.</param>
    public static void Of(DecisionDraft draft, EventScope scope, MemberState before)
    {
        var (first, state) = (draft.Facts.Count, draft.State);
        Run(draft, scope, before);
        Reviewing.Conclude(draft, scope, first, state);
    }

    /// <summary>The same, but whoever calls it concludes the event.</summary>
    public static void Run(DecisionDraft draft, EventScope scope, MemberState before)
    {
        if (!Standing.Of(draft.State).Gains)
            return;
        var (first, state) = (draft.Facts.Count, draft.State);
        Act(draft, scope, before);
        TagEnds.Judge(draft, scope, before);
        AchievementCounting.Count(draft, scope, before);
        Referral.Complete(draft, scope, before);
        TierLadder.Climb(draft, scope, "event");
        Chain.Run(draft, scope, state, first);
    }

    /// <summary>One step of a chain.</summary>
    public static void Step(DecisionDraft draft, EventScope scope, MemberState before)
    {
        Act(draft, scope, before);
        TierLadder.Climb(draft, scope, "event");
    }

    private static void Act(DecisionDraft draft, EventScope scope, MemberState before)
    {
        var matches = draft.Matches;
        matches.Clear();
        var context = scope.For(before);
        draft.Programme.Matcher.Match(context, matches);
        draft.Context.Observer?.RulesRun(draft, scope, before, matches);
        if (matches.Count == 0)
            return;
        Earning.Run(draft, scope, matches);
        var actions = new RuleActions(draft, scope, context);
        foreach (var match in matches)
            actions.Act(match);
    }
}
