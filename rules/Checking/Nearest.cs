namespace MallVip.Rules.Checking;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Nearest
{
    private const int LongestCompared = 64;

    /// <summary>
    /// The known name with the fewest edits (insert, delete, replace, swap of neighbours), if they are at
    /// most a third of its length, one at least; null: none is close.
    /// </summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared)
            return null;
        string? best = null;
        var fewest = int.MaxValue;
        foreach (var candidate in known)
        {
            if (candidate.Length > LongestCompared ||
                string.Equals(candidate, name, StringComparison.Ordinal))
                continue;
            var edits = Edits(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < fewest && edits <= Math.Max(1, Math.Max(name.Length, candidate.Length) / 3))
                (best, fewest) = (candidate, edits);
        }

        return best;
    }

    // Damerau-Levenshtein, optimal string alignment: three rows of the table are enough.
    private static int Edits(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (swapped)
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[right.Length];
    }
}
