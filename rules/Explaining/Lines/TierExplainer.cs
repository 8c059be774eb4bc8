using System.Collections.Immutable;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Explaining;

/// <summary>Explains questions to the ladder.</summary>
internal static class TierExplainer
{
    /// <summary>The last series of questions; each begins with the highest tier.</summary>
    /// <param name="facts">Only what was asked when at most so many facts stood.</param>
    public static ImmutableArray<TierExplanation> Explain(
        IReadOnlyList<ObservedTier> asked, int facts = int.MaxValue)
    {
        var series = new List<TierExplanation>();
        for (var i = asked.Count - 1; i >= 0; i--)
        {
            if (asked[i].Facts > facts)
                continue;
            series.Insert(0, Explain(asked[i]));
            if (asked[i].Tier.Rank == asked[i].Context.Programme.Tiers.Length - 1)
                break;
        }

        return [.. series];
    }

    private static TierExplanation Explain(ObservedTier question) => new(
        question.Tier, question.Holds, question.Condition is MemberCondition condition
            ? ExpressionTracer.Trace(condition.Expression, question.Context)
            : null,
        ReferenceEquals(question.Condition, question.Tier.Entry)
            ? question.Tier.Line
            : question.Tier.KeepLine);
}
