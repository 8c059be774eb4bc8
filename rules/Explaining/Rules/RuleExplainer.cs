using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>Tells of every rule for an event's type what it did with the event, and why.</summary>
/// <param name="facts">What the rules caused.</param>
internal sealed class RuleExplainer(Programme programme, ObservedRun run, IReadOnlyList<Fact> facts)
{
    private readonly EvalContext _context = run.Scope.For(run.Member);
    private readonly Dictionary<string, ExpressionTrace> _known = new(StringComparer.Ordinal);

    public EventExplanation Explain() => new(
        run.Scope.Event, run.Scope.Store, run.Scope.Mall, run.Scope.Local,
        [
            .. programme.Rules.Where(rule => rule.On == run.Scope.Event.Type)
                .OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.Order).Select(Explain),
        ]);

    /// <summary>A rule's condition and amount on any context, whether or not it acts.</summary>
    /// <param name="known">Conditions that were traced before on the same context, by canonical text.</param>
    public static (ImmutableArray<ExpressionTrace> Conditions, ExpressionTrace? Amount) Trace(
        Programme programme, string rule, EvalContext context, Dictionary<string, ExpressionTrace> known)
    {
        if (!programme.Compiled.TryGetValue(rule, out var compiled))
            return ([], null);
        var conditions = ImmutableArray.CreateBuilder<ExpressionTrace>();
        foreach (var conjunct in compiled.Conjuncts)
        {
            if (!known.TryGetValue(conjunct.Text, out var trace))
                known[conjunct.Text] = trace = ExpressionTracer.Trace(conjunct.Compile(), context);
            conditions.Add(trace);
            if (trace is { Holds: false, Value.IsError: false })
                return (conditions.ToImmutable(), null);
        }

        var amount = compiled.Amount is { } expression && conditions.All(condition => condition.Holds)
            ? ExpressionTracer.Trace(expression, context)
            : null;
        return (conditions.ToImmutable(), amount);
    }

    private RuleExplanation Explain(Rule rule)
    {
        if (rule.Active is { } window && !window.Covers(run.Scope.Local))
            return new() { Rule = rule, Outcome = RuleOutcome.NotActive };
        var (conditions, amount) = Trace(programme, rule.Ref.Rule, _context, _known);
        var calculation = run.Lines.GetValueOrDefault(rule.Ref.Rule);
        var match = MatchOf(rule);
        return new()
        {
            Rule = rule,
            Outcome = match is null ? RuleOutcome.ConditionFalse : OutcomeOf(match.Value, calculation),
            Conditions = conditions,
            Amount = amount,
            Calculation = calculation,
            Limit = LimitOf(rule),
            Budget = run.Budgets.TryGetValue(rule.Ref.Rule, out var answer) ? answer : null,
            Cap = CapOf(rule),
            Group = GroupExplanation.Of(rule, run.Matches),
            Fault = match?.Fault,
        };
    }

    private RuleMatch? MatchOf(Rule rule)
    {
        foreach (var match in run.Matches)
            if (match.Rule.Ref.Rule == rule.Ref.Rule)
                return match;
        return null;
    }

    private RuleOutcome OutcomeOf(in RuleMatch match, Calculation? line) => match switch
    {
        { Fault: not null } => RuleOutcome.Failed,
        { Rule.Action: RuleAction.Earn } when line is null => RuleOutcome.NotPicked,
        { Rule.Action: RuleAction.Multiply multiply } when line is null => Earned(multiply.Wallet)
            ? RuleOutcome.NotLargest
            : RuleOutcome.NothingToMultiply,
        _ when IsShort(match.Rule) => RuleOutcome.BudgetUsedUp,
        _ => line is null ? OutcomeOf(match.Rule) : OutcomeOf(line),
    };

    private bool IsShort(Rule rule) =>
        run.Budgets.TryGetValue(rule.Ref.Rule, out var answer) && answer.Granted == Points.Zero;

    private static RuleOutcome OutcomeOf(Calculation line) => line switch
    {
        { Rounded: null } => RuleOutcome.AmountRefused,
        { Rounded.Value: 0 } => RuleOutcome.AmountZero,
        { Limited.Value: 0 } => RuleOutcome.LimitUsedUp,
        { Points.Value: 0 } => RuleOutcome.Capped,
        _ => RuleOutcome.Acted,
    };

    /// <summary>Of a rule that gives no points.</summary>
    private RuleOutcome OutcomeOf(Rule rule)
    {
        if (facts.Any(fact => FactRule.Of(fact)?.Rule == rule.Ref.Rule))
            return RuleOutcome.Acted;
        if (LimitWindows.Cut(run.Start, rule, run.Scope.Day, new Points(1)) == Points.Zero)
            return RuleOutcome.LimitUsedUp;
        return rule.Action switch
        {
            RuleAction.Tag => RuleOutcome.TagHeld,
            RuleAction.Untag => RuleOutcome.TagMissing,
            _ => RuleOutcome.NothingChanged,
        };
    }

    private bool Earned(string wallet) => run.Matches.Any(match =>
        match.Rule.Action is RuleAction.Earn earn && earn.Wallet == wallet
        && run.Lines.GetValueOrDefault(match.Rule.Ref.Rule) is { Limited.Value: > 0 }
        && !IsShort(match.Rule));

    private WindowUse? LimitOf(Rule rule)
    {
        if (rule.Limit is not { } limit)
            return null;
        var use = UseOf(rule.Ref.Rule, limit.Every, out var first);
        return new(limit.Every, first, use.Times, limit.Times, use.Amount,
            limit.Amount is { } most ? new Points(most) : null);
    }

    private WindowUse? CapOf(Rule rule)
    {
        var wallet = rule.Action.PointsWallet is { } id ? programme.FindWallet(id) : null;
        if (wallet?.Cap is not { } cap)
            return null;
        var use = UseOf(wallet.CapKey, cap.Every, out var first);
        return new(cap.Every, first, use.Times, null, use.Amount, new Points(cap.Amount));
    }

    private Members.LimitUse UseOf(string key, LimitWindow every, out DateOnly first)
    {
        first = LimitWindows.Of(every, run.Scope.Day).First;
        return LimitWindows.UseOf(run.Start, key, first);
    }
}
