using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>
/// Puts rules into groups: the path that most of them test becomes an index, the rules behind each of its
/// values a group of their own, and so on; what then compares a number with bounds is put in their order.
/// </summary>
internal static class GroupBuilder
{
    // Beyond this many copies of a rule (tests with several values, one below the other) the rest is asked
    // plainly.
    private const int MostCopies = 64;

    public static GroupNode Build(List<Placement> rules, SharedNodes shared)
    {
        var indexes = ImmutableArray.CreateBuilder<IndexNode>();
        while (BestPath(rules) is { } path)
        {
            var (tested, rest) = Split(rules, path);
            indexes.Add(BuildIndex(path, tested, shared));
            rules = rest;
        }

        var ranges = RangeBuilder.Build(rules, out var others);
        return new(indexes.ToImmutable(), ranges, [.. others.Select(rule => rule.ToCandidate())]);
    }

    private static IndexNode BuildIndex(PathNode path, List<(Placement Rule, IndexedTest Test)> tested,
        SharedNodes shared)
    {
        var byValue = new Dictionary<string, List<Placement>>(StringComparer.Ordinal);
        foreach (var (rule, test) in tested)
        {
            foreach (var value in test.Values)
            {
                if (!byValue.TryGetValue(value, out var placements))
                    byValue[value] = placements = [];
                placements.Add(rule.After(test));
            }
        }

        return new(
            path,
            byValue.ToFrozenDictionary(
                pair => pair.Key, pair => Build(pair.Value, shared), StringComparer.Ordinal),
            [.. tested.Select(entry => entry.Rule.Rule).Distinct()]);
    }

    private static (List<(Placement Rule, IndexedTest Test)> Tested, List<Placement> Others) Split(
        List<Placement> rules, PathNode path)
    {
        var tested = new List<(Placement, IndexedTest)>();
        var rest = new List<Placement>();
        foreach (var rule in rules)
        {
            if (TestToAsk(rule, path) is { } test)
                tested.Add((rule, test));
            else
                rest.Add(rule);
        }

        return (tested, rest);
    }

    // Null: no rule is left that an index could answer.
    private static PathNode? BestPath(List<Placement> rules)
    {
        var counts = new Dictionary<PathNode, int>();
        foreach (var rule in rules)
            foreach (var test in rule.Indexed)
                if (rule.Copies * test.Values.Length <= MostCopies)
                    counts[test.Path] = counts.GetValueOrDefault(test.Path) + 1;
        return counts.Count == 0
            ? null
            : counts.OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key.Path, StringComparer.Ordinal).First().Key;
    }

    private static IndexedTest? TestToAsk(Placement rule, PathNode path)
    {
        foreach (var test in rule.Indexed)
            if (test.Path == path && rule.Copies * test.Values.Length <= MostCopies)
                return test;
        return null;
    }
}
