using MallVip.Rules.Budgets;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>Notes how a decision comes about. A run of the rules ends where the next begins.</summary>
internal sealed class ObservedDecision : IDecisionObserver
{
    public List<ObservedRun> Runs { get; } = [];

    public List<ObservedTier> Tiers { get; } = [];

    public void RulesRun(
        DecisionDraft draft, EventScope scope, MemberState before, IReadOnlyList<RuleMatch> matches) =>
        Runs.Add(new(scope, before, draft.State, draft.Facts.Count, [.. matches]));

    public void LineMade(Rule rule, decimal factor, long of, Points? rounded, Points limited) =>
        Runs[^1].Lines[rule.Ref.Rule] = new(factor, of, rounded, limited, limited);

    public void BudgetAsked(Rule rule, in BudgetAnswer answer)
    {
        var run = Runs[^1];
        run.Budgets[rule.Ref.Rule] = answer;
        if (run.Lines.TryGetValue(rule.Ref.Rule, out var line))
            run.Lines[rule.Ref.Rule] = line with { Points = answer.Granted };
    }

    public void LineCapped(Rule rule, Points cut)
    {
        var lines = Runs[^1].Lines;
        var line = lines[rule.Ref.Rule];
        lines[rule.Ref.Rule] = line with { Points = line.Points - cut };
    }

    public void TierAsked(
        DecisionDraft draft, EvalContext context, Tier tier, ICondition condition, bool holds) =>
        Tiers.Add(new(draft.Facts.Count, context, tier, condition, holds));
}

/// <summary>The rules on one event.</summary>
/// <param name="Member">What the rules read.</param>
/// <param name="Start">The state in which they began, the event's own facts included.</param>
/// <param name="FirstFact">How many facts stood before theirs.</param>
internal sealed record ObservedRun(
    EventScope Scope, MemberState Member, MemberState Start, int FirstFact, RuleMatch[] Matches)
{
    /// <summary>What earn rules and multipliers gave, by the rule's full id.</summary>
    public Dictionary<string, Calculation> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>What budgets answered, by the rule's full id.</summary>
    public Dictionary<string, BudgetAnswer> Budgets { get; } = new(StringComparer.Ordinal);
}

/// <summary>A question to the ladder.</summary>
/// <param name="Facts">How many facts stood before it.</param>
internal sealed record ObservedTier(
    int Facts, EvalContext Context, Tier Tier, ICondition Condition, bool Holds);
