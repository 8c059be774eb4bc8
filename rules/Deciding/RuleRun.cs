using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding;

/// <summary>Runs the rules on one event: points, then tags, then the tier, which sees the event.</summary>
internal static class RuleRun
{
    /// <param name="before">The member as of before the event: what the rules read.</param>
    public static void Of(DecisionDraft draft, EventScope scope, MemberState before)
    {
        var matches = new List<RuleMatch>();
        draft.Programme.Matcher.Match(scope.For(before), matches);
        if (matches.Count > 0)
        {
            Earning.Run(draft, scope, matches);
            foreach (var match in matches)
                Act(draft, scope, match);
        }

        TierLadder.Climb(draft, scope, "event");
    }

    private static void Act(DecisionDraft draft, EventScope scope, in RuleMatch match)
    {
        var rule = match.Rule;
        if (match.Fault is { } fault)
            draft.Warn(WarningCodes.RuleFailed, $"{fault.Code}: {fault.Message}", rule.Ref);
        else if (rule.Action is RuleAction.Tag tag)
            Tag(draft, scope, rule, tag);
        else if (rule.Action is RuleAction.Untag untag && Tags.Find(draft.State, untag.Name) is not null)
            draft.Add(new Fact.TagRemoved(untag.Name, "rule", rule.Ref));
    }

    private static void Tag(DecisionDraft draft, EventScope scope, Rule rule, RuleAction.Tag tag)
    {
        var at = scope.Event.Time;
        DateTimeOffset? until = tag.For is { } time ? at + time : null;
        if (Tags.Find(draft.State, tag.Name) is { } present && !Tags.EndsLater(until, present.Until))
            return;
        if (LimitWindows.Cut(draft.State, rule, scope.Day, new Points(1)) == Points.Zero)
            return;
        draft.Add(new Fact.TagAdded(tag.Name, at, until, rule.Ref));
        if (rule.Limit is not { } limit)
            return;
        var (first, ends) = LimitWindows.Of(limit.Every, scope.Day);
        draft.Add(new Fact.LimitUsed(rule.Ref.Rule, first, ends, 1, Points.Zero));
    }
}
