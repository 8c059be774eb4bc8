using System.Collections.Immutable;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Explaining;

/// <summary>
/// The lines of an entry that can be asked about: points, tier changes, tags, and the attributes and effects
/// of rules, numbered from 1 in their order.
/// </summary>
public static class EntryLines
{
    /// <summary>Whether a fact is a line.</summary>
    public static bool IsLine(Fact fact) =>
        FactWallet.Of(fact) is not null || fact is Fact.TierChanged or Fact.TagAdded or Fact.TagRemoved
            or Fact.Effect or Fact.AttributeSet { Why: not null } or Fact.Flagged or Fact.ReviewEnded;

    /// <summary>The number of the line that a fact of the entry is; 0: it is none.</summary>
    /// <param name="at">Its place among the facts, from 0.</param>
    public static int NumberOf(ImmutableArray<Fact> facts, int at)
    {
        if (!IsLine(facts[at]))
            return 0;
        var number = 0;
        for (var i = 0; i <= at; i++)
            number += IsLine(facts[i]) ? 1 : 0;
        return number;
    }
}
