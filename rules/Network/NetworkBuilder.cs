using System.Collections.Immutable;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Network;

/// <summary>Builds the network of a set of checked rules.</summary>
internal static class NetworkBuilder
{
    public static RuleNetwork Build(IEnumerable<CompiledRule> rules, RuleLanguage language) => new(
        rules.GroupBy(rule => rule.Rule.On, StringComparer.Ordinal)
            .Select(type => BuildType(type.Key, type, language)));

    /// <summary>The rules by themselves, for another matcher.</summary>
    public static IReadOnlyList<MatchableRule> Open(
        IEnumerable<CompiledRule> rules, RuleLanguage language) =>
        [.. rules.GroupBy(rule => rule.Rule.On, StringComparer.Ordinal)
            .SelectMany(type => OpenType(type.Key, type, language))];

    private static IEnumerable<MatchableRule> OpenType(
        string type, IEnumerable<CompiledRule> rules, RuleLanguage language)
    {
        var shared = new SharedNodes(type, language);
        var tests = new Dictionary<TestNode, MatchableTest>();
        foreach (var rule in rules)
        {
            var node = PlacementOf(rule, shared).Rule;
            foreach (var test in node.Everything.Where(test => !tests.ContainsKey(test)))
            {
                test.Prepare();
                tests.Add(test, new(test));
            }

            yield return new(node, [.. node.Everything.Select(test => tests[test])]);
        }
    }

    private static EventTypeNode BuildType(string type, IEnumerable<CompiledRule> rules,
        RuleLanguage language)
    {
        var shared = new SharedNodes(type, language);
        var placements = rules.Select(rule => PlacementOf(rule, shared)).ToList();
        var group = GroupBuilder.Build(placements, shared);
        return new(type, group, shared.Tests, shared.Texts, shared.Numbers);
    }

    private static Placement PlacementOf(CompiledRule rule, SharedNodes shared)
    {
        var everything = ImmutableArray.CreateBuilder<TestNode>();
        var plain = ImmutableArray.CreateBuilder<TestNode>();
        var indexed = ImmutableArray.CreateBuilder<IndexedTest>();
        var ranged = ImmutableArray.CreateBuilder<RangedTest>();
        if (rule.Rule.Active is { } window)
            plain.Add(shared.Window(window));
        everything.AddRange(plain);
        foreach (var conjunct in rule.Conjuncts)
        {
            var test = shared.Condition(conjunct);
            everything.Add(test);
            if (shared.Indexed(conjunct, test) is { } index)
                indexed.Add(index);
            else if (shared.Ranged(conjunct, test) is { } range)
                ranged.Add(range);
            else
                plain.Add(test);
        }

        // What an index or a range answers is compiled only if its path ever fails.
        foreach (var test in plain)
            test.Prepare();
        var amount = rule.Amount is { } expression ? shared.Amount(rule.AmountText, expression) : null;
        var node = new RuleNode(rule.Rule, everything.ToImmutable(), amount);
        return new(
            node, indexed.ToImmutable(), ranged.ToImmutable(), plain.ToImmutable(), Copies: 1);
    }
}
