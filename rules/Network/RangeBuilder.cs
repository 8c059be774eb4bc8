using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>Puts the rules of a group that compare the same number with bounds in the order of these.
/// </summary>
internal static class RangeBuilder
{
    // Fewer are asked one by one: their tests are shared with rules of other groups.
    private const int Fewest = 4;

    /// <param name="others">The rules that no bound answers.</param>
    public static ImmutableArray<RangeNode> Build(List<Placement> rules, out List<Placement> others)
    {
        var nodes = ImmutableArray.CreateBuilder<RangeNode>();
        while (Best(rules) is { } way)
        {
            var behind = rules.ToLookup(rule => rule.TestOf(way));
            nodes.Add(new(way.Path,
            [
                .. behind.Where(group => group.Key is not null)
                    .SelectMany(group => group.Select(rule => Ranged(rule, group.Key!))).Order(Nearest),
            ]));
            rules = [.. behind[null]];
        }

        others = rules;
        return nodes.ToImmutable();
    }

    private static readonly Comparer<RangedRule> Nearest = Comparer<RangedRule>.Create(static (left, right) =>
    {
        var (one, other) = (left.Test.Range, right.Test.Range);
        var order = one.Above ? one.Bound.CompareTo(other.Bound) : other.Bound.CompareTo(one.Bound);
        return order != 0 ? order : other.Inclusive.CompareTo(one.Inclusive);
    });

    private static RangedRule Ranged(Placement rule, RangedTest test) =>
        new(test, (rule with { Ranged = rule.Ranged.Remove(test) }).ToCandidate());

    // Null: nothing that enough rules look at the same way.
    private static Way? Best(List<Placement> rules) => rules
        .SelectMany(rule => rule.Ranged.Select(test => test.Way).Distinct())
        .CountBy(way => way)
        .Where(pair => pair.Value >= Fewest)
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key.Path.Path, StringComparer.Ordinal)
        .ThenByDescending(pair => pair.Key.Above)
        .Select(pair => pair.Key)
        .FirstOrDefault();
}
