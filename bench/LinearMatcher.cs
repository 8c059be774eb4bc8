using System.Runtime.InteropServices;
using MallVip.Rules.Network;
using MallVip.Rules.Programmes;

namespace MallVip.Bench;

/// <summary>The plain way to match, to compare with: every rule of the event's type is asked, with the same
/// compiled tests.</summary>
internal sealed class LinearMatcher(ILookup<string, MatchableRule> rules) : IRuleMatcher
{
    public static IMatcherBuilder Builder { get; } = new OfRules();

    public void Match(EvalContext context, List<RuleMatch> matches)
    {
        var first = matches.Count;
        foreach (var rule in rules[context.Event.Type])
            if (Try(rule, context) is { } match)
                matches.Add(match);
        MatchOrder.Sort(CollectionsMarshal.AsSpan(matches)[first..]);
    }

    private static RuleMatch? Try(MatchableRule rule, EvalContext context)
    {
        RuleFault? failed = null;
        foreach (var test in rule.Tests)
        {
            var holds = test.Holds(context, out var fault);
            if (holds == false)
                return null;
            failed ??= fault;
        }

        return failed is null ? rule.Fire(context) : rule.Fail(failed);
    }

    private sealed class OfRules : IMatcherBuilder
    {
        public IRuleMatcher Build(IReadOnlyList<MatchableRule> rules) =>
            new LinearMatcher(rules.ToLookup(rule => rule.Rule.On, StringComparer.Ordinal));
    }
}
