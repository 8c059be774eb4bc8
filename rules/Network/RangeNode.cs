using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>
/// Leads from the number at a path to the rules whose bounds it passes: they stand in the order of their
/// bounds, so that the first one it does not pass ends the walk.
/// </summary>
/// <param name="rules">All look the same way; those with the bound that most numbers pass first.</param>
internal sealed class RangeNode(NumberNode path, ImmutableArray<RangedRule> rules)
{
    public NumberNode Path { get; } = path;

    public ImmutableArray<RangedRule> Rules { get; } = rules;

    public void Activate(Evaluation evaluation)
    {
        if (Path.Read(evaluation) is not { } value)
        {
            foreach (var (_, candidate) in Rules)
                candidate.Rule.Activate(evaluation, candidate.Rule.Everything);
            return;
        }

        foreach (var (test, candidate) in Rules)
        {
            if (!test.Range.Holds(value))
                return;
            candidate.Activate(evaluation);
        }
    }
}

/// <summary>A rule behind one of its bounds.</summary>
internal sealed record RangedRule(RangedTest Test, CandidateNode Candidate);
