using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>A rule on its way into the network.</summary>
/// <param name="Indexed">Equality tests that an index may still answer.</param>
/// <param name="Tests">Tests that are asked in the end.</param>
/// <param name="Copies">In how many groups the rule stands already, through tests with several
/// values.</param>
internal sealed record Placement(
    RuleNode Rule, ImmutableArray<IndexedTest> Indexed, ImmutableArray<TestNode> Tests, int Copies)
{
    /// <summary>The rule behind an index that has answered <paramref name="test"/>.</summary>
    public Placement After(IndexedTest test) =>
        this with { Indexed = Indexed.Remove(test), Copies = Copies * test.Values.Length };

    public CandidateNode ToCandidate() => new(Rule, [.. Tests, .. Indexed.Select(test => test.Test)]);
}

/// <summary>A test that an index can answer: the path has one of the values.</summary>
internal sealed record IndexedTest(PathNode Path, ImmutableArray<string> Values, TestNode Test);
