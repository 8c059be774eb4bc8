using System.Collections.Immutable;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Network;

/// <summary>A rule on its way into the network.</summary>
/// <param name="Indexed">Equality tests that an index may still answer.</param>
/// <param name="Ranged">Comparisons with bounds that a range may still answer.</param>
/// <param name="Tests">Tests that are asked in the end.</param>
/// <param name="Copies">In how many groups the rule stands already, through tests with several
/// values.</param>
internal sealed record Placement(
    RuleNode Rule, ImmutableArray<IndexedTest> Indexed, ImmutableArray<RangedTest> Ranged,
    ImmutableArray<TestNode> Tests, int Copies)
{
    /// <summary>The rule behind an index that has answered <paramref name="test"/>.</summary>
    public Placement After(IndexedTest test) =>
        this with { Indexed = Indexed.Remove(test), Copies = Copies * test.Values.Length };

    /// <summary>The rule's first bound of a way; null: none.</summary>
    public RangedTest? TestOf(Way way) => Ranged.FirstOrDefault(test => test.Way == way);

    /// <summary>The rule with what nothing before it answers.</summary>
    public CandidateNode ToCandidate()
    {
        foreach (var test in Ranged)
            test.Test.Prepare();
        return new(
            Rule, [.. Tests, .. Ranged.Select(test => test.Test), .. Indexed.Select(test => test.Test)]);
    }
}

/// <summary>A test that an index can answer: the path has one of the values.</summary>
internal sealed record IndexedTest(PathNode Path, ImmutableArray<string> Values, TestNode Test);

/// <summary>A test that a range can answer: the number passes the bound.</summary>
internal sealed record RangedTest(NumberNode Path, CelRangeTest Range, TestNode Test)
{
    public Way Way => new(Path, Range.Above);
}

/// <summary>A number, and whether greater or smaller ones pass.</summary>
internal sealed record Way(NumberNode Path, bool Above);
