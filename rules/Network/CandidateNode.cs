using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>
/// A rule as it stands in one group: the tests that the way to the group has not answered yet.
/// </summary>
internal sealed class CandidateNode(RuleNode rule, ImmutableArray<TestNode> tests)
{
    public RuleNode Rule { get; } = rule;

    public ImmutableArray<TestNode> Tests { get; } = tests;

    public void Activate(Evaluation evaluation) => Rule.Activate(evaluation, Tests);
}
