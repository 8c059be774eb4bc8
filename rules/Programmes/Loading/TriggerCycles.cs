using MallVip.Rules.Checking;
using MallVip.Rules.Cel;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Network;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Finds rules that set one another off in a circle. An edge leads from a rule to every rule that waits for
/// what it does, unless a condition of the other on that alone says no.
/// </summary>
internal sealed class TriggerCycles
{
    private readonly Dictionary<CompiledRule, CompiledRule[]> _next = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<CompiledRule> _done = new(ReferenceEqualityComparer.Instance);
    private readonly List<CompiledRule> _path = [];
    private readonly Findings _findings;

    private TriggerCycles(CompiledRule[] chained, Findings findings)
    {
        _findings = findings;
        foreach (var rule in chained)
            _next[rule] = [.. chained.Where(other => SetsOff(rule.Rule.Action, other))];
    }

    /// <summary>Every circle is one error, at the first of its rules.</summary>
    public static void Check(IEnumerable<CompiledRule> rules, Findings findings)
    {
        var chained = rules.Where(rule => EventTypes.IsChained(rule.Rule.On)).ToArray();
        var cycles = new TriggerCycles(chained, findings);
        foreach (var rule in chained)
            cycles.Visit(rule);
    }

    private void Visit(CompiledRule rule)
    {
        var at = _path.FindIndex(one => ReferenceEquals(one, rule));
        if (at >= 0)
        {
            Report(_path[at..]);
            return;
        }

        if (!_done.Add(rule))
            return;
        _path.Add(rule);
        foreach (var next in _next[rule])
            Visit(next);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Report(List<CompiledRule> circle)
    {
        var place = circle[0].Rule.Ref;
        var names = circle.Append(circle[0]).Select(rule => rule.Rule.Ref.Rule);
        _findings.Error(new(place.File, place.Line, 1), "RULE_CYCLE", string.Join(" → ", names));
    }

    private static bool SetsOff(RuleAction action, CompiledRule other) => action switch
    {
        RuleAction.Tag tag => Waits(other, EventTypes.TagAdded, "event.tag", new() { Tag = tag.Name }),
        RuleAction.GiveTier tier => Waits(other, EventTypes.TierChanged, "event.to", new() { To = tier.To }),
        RuleAction.Earn earn =>
            Waits(other, EventTypes.PointsEarned, "event.wallet", new() { Wallet = earn.Wallet }),
        RuleAction.Multiply multiply =>
            Waits(other, EventTypes.PointsEarned, "event.wallet", new() { Wallet = multiply.Wallet }),
        RuleAction.Untag or RuleAction.SetAttribute or RuleAction.Effect
            or RuleAction.GrantCoupon or RuleAction.Review => false,
        _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
    };

    private static bool Waits(CompiledRule rule, string type, string path, Trigger trigger) =>
        rule.Rule.On == type && rule.Conjuncts.All(conjunct => MayHold(conjunct, path, trigger));

    /// <summary>False only where the test reads nothing but the path, and fails on its value.</summary>
    private static bool MayHold(CelConjunct<EvalContext> conjunct, string path, Trigger trigger)
    {
        var reads = conjunct.Reads;
        if (reads.Calls.Count > 0 || reads.Paths.Any(read => read != path))
            return true;
        return conjunct.Compile().Matches(new()
        {
            Programme = null!,
            Member = MemberState.Empty,
            Event = new("check", "check", "check", default, EmptyData.Instance),
            Local = default,
            Trigger = trigger,
        });
    }
}
