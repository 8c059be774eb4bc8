using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Explaining;

/// <summary>
/// Explains an entry by deciding it again under its own version, on the state before it, and listening. What
/// it tells as changed is what is recorded; only the reasons are computed anew.
/// </summary>
public static class EntryExplainer
{
    /// <summary>
    /// Decides the entry's command anew, for a question of what it would do. It may need budgets.
    /// </summary>
    public static Decision Decide(MemberPast past, ImmutableArray<BudgetAnswer> budgets) =>
        Decide(past, budgets, new ObservedDecision()).Decision;

    public static EntryExplanation Explain(MemberPast past)
    {
        var observed = new ObservedDecision();
        var (decision, history) = Decide(past, AnswersIn(past.Entry.Facts), observed);
        var events = observed.Runs.Select((run, i) => Explain(past, observed.Runs, i)).ToImmutableArray();
        var ladder = TierExplainer.Explain(observed.Tiers);
        var lines = new LineExplainer(past, events, observed, history).Explain();
        var isSame = decision is Decision.Accepted accepted
            && accepted.Facts.SequenceEqual(past.Entry.Facts, FactText.Same);
        return new(past.Entry, past.Programme, events, lines, ladder, isSame);
    }

    private static (Decision Decision, PurchaseHistory? History) Decide(
        MemberPast past, ImmutableArray<BudgetAnswer> budgets, ObservedDecision observed)
    {
        var context = new DecideContext
        {
            Programme = past.Programme,
            Now = past.Entry.At,
            Run = true,
            Entry = past.Entry.Seq,
            Actor = past.Entry.Actor,
            Budgets = budgets,
            Observer = observed,
        };
        var decision = MemberDecider.Decide(past.State, past.Entry.Command, context);
        if (decision is not Decision.Needs { Need: Need.OfPurchase need })
            return (decision, null);
        observed.Runs.Clear();
        observed.Tiers.Clear();
        var history = past.HistoryOf(need);
        context = history is null ? context with { Missing = need } : context with { Purchase = history };
        return (MemberDecider.Decide(past.State, past.Entry.Command, context), history);
    }

    /// <summary>What budgets answered then is recorded, in the order of the asks.</summary>
    private static ImmutableArray<BudgetAnswer> AnswersIn(ImmutableArray<Fact> facts) =>
    [
        .. facts.OfType<Fact.BudgetUsed>()
            .Select(used => new BudgetAnswer(used.Budget, used.Asked, used.Granted, used.Lease)),
    ];

    private static EventExplanation Explain(MemberPast past, List<ObservedRun> runs, int at)
    {
        var facts = past.Entry.Facts;
        var begin = Math.Min(runs[at].FirstFact, facts.Length);
        var end = at + 1 < runs.Count
            ? Math.Clamp(runs[at + 1].FirstFact, begin, facts.Length)
            : facts.Length;
        return new RuleExplainer(past.Programme, runs[at], facts[begin..end]).Explain();
    }
}
