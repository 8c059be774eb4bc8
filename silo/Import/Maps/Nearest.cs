namespace MallVip.Silo.Import.Maps;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class Nearest
{
    /// <summary>A hint naming the closest candidate, or all of them when none is close.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var all = candidates.ToArray();
        var best = all.MinBy(candidate => Distance(name, candidate));
        if (best is not null && Distance(name, best) <= Math.Max(1, name.Length / 3))
            return $"Did you mean '{best}'?";
        return all.Length == 0 ? "" : "Possible: " + string.Join(", ", all.Take(40)) + ".";
    }

    // Levenshtein, case ignored, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var changed = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
