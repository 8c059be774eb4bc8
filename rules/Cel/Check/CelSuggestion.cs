namespace MallVip.Rules.Cel;

/// <summary>The nearest known name to one that is not known.</summary>
internal static class CelSuggestion
{
    private const int LongestName = 64;

    /// <summary>
    /// By edit distance, at most a third of the longer name, rounded (and 1 for short names); null when none
    /// is near.
    /// </summary>
    public static string? For(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
            return null;
        return known
            .Where(candidate => candidate.Length <= LongestName && candidate != name)
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
            .Where(each => each.Distance <= Limit(name, each.Candidate))
            .OrderBy(each => each.Distance)
            .ThenBy(each => each.Candidate, StringComparer.Ordinal)
            .Select(each => each.Candidate)
            .FirstOrDefault();
    }

    private static int Limit(string a, string b) => Math.Max(1, (Math.Max(a.Length, b.Length) + 1) / 3);

    /// <summary>
    /// Insertions, deletions, substitutions and swaps of neighbours, each 1; letter case costs nothing.
    /// </summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                table[i, j] = i == 0 || j == 0 ? i + j : Step(table, a, b, i, j);
        }
        return table[a.Length, b.Length];
    }

    private static int Step(int[,] table, string a, string b, int i, int j)
    {
        var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
        var best = Math.Min(table[i - 1, j - 1] + (same ? 0 : 1), Math.Min(table[i - 1, j], table[i, j - 1])
            + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
    }
}
