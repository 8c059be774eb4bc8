namespace MallVip.Rules.Programmes.Comparing;

/// <summary>
/// The shortest edit of lines by Myers' greedy algorithm (E. W. Myers, An O(ND) Difference Algorithm and Its
/// Variations, 1986). Texts that differ too much are replaced whole.
/// </summary>
internal static class LineMatcher
{
    private const int MostEdits = 2_000;

    /// <summary>The edit from the first line to the last: kept, removed and added lines.</summary>
    public static List<Edit> Edits(string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
            head++;
        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head
            && before[^(tail + 1)] == after[^(tail + 1)])
            tail++;
        var edits = new List<Edit>();
        edits.AddRange(before[..head].Select(Edit.Keep));
        edits.AddRange(Middle(before[head..(before.Length - tail)], after[head..(after.Length - tail)]));
        edits.AddRange(before[(before.Length - tail)..].Select(Edit.Keep));
        return edits;
    }

    private static List<Edit> Middle(string[] before, string[] after)
    {
        var rounds = Rounds(before, after);
        if (rounds is null)
            return [.. before.Select(Edit.Remove), .. after.Select(Edit.Add)];
        var edits = new Stack<Edit>();
        var (x, y) = (before.Length, after.Length);
        for (var round = rounds.Count - 1; round >= 0; round--)
        {
            var reach = rounds[round];
            var k = x - y;
            var down = k == -round || (k != round && At(reach, k - 1) < At(reach, k + 1));
            var fromK = down ? k + 1 : k - 1;
            var fromX = round == 0 ? 0 : At(reach, fromK);
            var fromY = round == 0 ? 0 : fromX - fromK;
            while (x > fromX && y > fromY)
            {
                (x, y) = (x - 1, y - 1);
                edits.Push(Edit.Keep(before[x]));
            }

            if (round == 0)
                break;
            edits.Push(down ? Edit.Add(after[fromY]) : Edit.Remove(before[fromX]));
            (x, y) = (fromX, fromY);
        }

        return [.. edits];
    }

    /// <summary>How far each diagonal reaches before each round; null: too many edits.</summary>
    private static List<int[]>? Rounds(string[] before, string[] after)
    {
        var rounds = new List<int[]>();
        var reach = new int[(2 * MostEdits) + 3];
        for (var round = 0; round <= MostEdits; round++)
        {
            rounds.Add(reach.AsSpan(MostEdits - round, (2 * round) + 3).ToArray());
            for (var k = -round; k <= round; k += 2)
            {
                var at = MostEdits + 1 + k;
                var down = k == -round || (k != round && reach[at - 1] < reach[at + 1]);
                var x = down ? reach[at + 1] : reach[at - 1] + 1;
                while (x < before.Length && x - k < after.Length && before[x] == after[x - k])
                    x++;
                reach[at] = x;
                if (x >= before.Length && x - k >= after.Length)
                    return rounds;
            }
        }

        return null;
    }

    private static int At(int[] reach, int k) => reach[(reach.Length / 2) + k];
}

/// <summary>A line of an edit.</summary>
/// <param name="Mark">A blank: kept; <c>-</c>: removed; <c>+</c>: added.</param>
internal readonly record struct Edit(char Mark, string Line)
{
    public static Edit Keep(string line) => new(' ', line);

    public static Edit Remove(string line) => new('-', line);

    public static Edit Add(string line) => new('+', line);
}
