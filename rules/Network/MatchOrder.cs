using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>The order in which rules that match act: by priority, highest first, then file order.</summary>
public static class MatchOrder
{
    // Few rules match one event, mostly in order already: insertion beats a general sort and allocates
    // nothing.
    public static void Sort(Span<RuleMatch> matches)
    {
        for (var at = 1; at < matches.Length; at++)
        {
            var match = matches[at];
            var hole = at;
            for (; hole > 0 && IsBefore(match.Rule, matches[hole - 1].Rule); hole--)
                matches[hole] = matches[hole - 1];
            matches[hole] = match;
        }
    }

    private static bool IsBefore(Rule left, Rule right) =>
        left.Priority == right.Priority ? left.Order < right.Order : left.Priority > right.Priority;
}
