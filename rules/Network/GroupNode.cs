using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>
/// Rules that have the same equality tests behind them: some ask further indexes, some where a number stands
/// among their bounds, some their other tests.
/// </summary>
internal sealed class GroupNode(
    ImmutableArray<IndexNode> indexes, ImmutableArray<RangeNode> ranges,
    ImmutableArray<CandidateNode> candidates)
{
    public ImmutableArray<IndexNode> Indexes { get; } = indexes;

    public ImmutableArray<RangeNode> Ranges { get; } = ranges;

    public ImmutableArray<CandidateNode> Candidates { get; } = candidates;

    public void Activate(Evaluation evaluation)
    {
        foreach (var index in Indexes)
            index.Activate(evaluation);
        foreach (var range in Ranges)
            range.Activate(evaluation);
        foreach (var candidate in Candidates)
            candidate.Activate(evaluation);
    }
}
