using System.Collections.Frozen;
using System.Runtime.InteropServices;
using MallVip.Rules.Network;
using MallVip.Rules.Programmes;
using NRules;

namespace MallVip.Grains.Orleans.Matching;

/// <summary>
/// NRules in the place of MallVip's network: for each type of event a network of NRules' own, with a rule of
/// its model for each of ours and the same compiled tests. Each event has a session of its own. For any
/// number of threads.
/// </summary>
public sealed class NRulesMatcher : IRuleMatcher
{
    private readonly FrozenDictionary<string, ISessionFactory> _types;

    private NRulesMatcher(FrozenDictionary<string, ISessionFactory> types) => _types = types;

    /// <summary>Builds them.</summary>
    public static IMatcherBuilder Builder { get; } = new OfRules();

    public void Match(EvalContext context, List<RuleMatch> matches)
    {
        if (!_types.TryGetValue(context.Event.Type, out var factory))
            return;
        var first = matches.Count;
        var session = factory.CreateSession();
        session.Insert(new Trial(context, matches));
        session.Fire();
        MatchOrder.Sort(CollectionsMarshal.AsSpan(matches)[first..]);
    }

    private sealed class OfRules : IMatcherBuilder
    {
        public IRuleMatcher Build(IReadOnlyList<MatchableRule> rules) => new NRulesMatcher(
            rules.GroupBy(rule => rule.Rule.On, StringComparer.Ordinal).ToFrozenDictionary(
                type => type.Key, type => new RuleCompiler().Compile(type.Select(RuleTranslation.Of)),
                StringComparer.Ordinal));
    }
}
