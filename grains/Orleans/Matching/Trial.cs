using MallVip.Rules.Programmes;

namespace MallVip.Grains.Orleans.Matching;

/// <summary>The one fact of a session: an event, and the rules that match it so far.</summary>
public sealed class Trial(EvalContext context, List<RuleMatch> matches)
{
    private Dictionary<MatchableTest, RuleFault>? _faults;

    /// <summary>False only if a test does not hold: one that fails is told when nothing else is
    /// false.</summary>
    public bool MayHold(MatchableTest test)
    {
        var holds = test.Holds(context, out var fault);
        if (fault is not null)
            (_faults ??= [])[test] = fault;
        return holds != false;
    }

    /// <summary>Nothing that the rule tests is false.</summary>
    public void Fire(MatchableRule rule) =>
        matches.Add(FaultOf(rule) is { } fault ? rule.Fail(fault) : rule.Fire(context));

    private RuleFault? FaultOf(MatchableRule rule)
    {
        if (_faults is null)
            return null;
        foreach (var test in rule.Tests)
            if (_faults.TryGetValue(test, out var fault))
                return fault;
        return null;
    }
}
