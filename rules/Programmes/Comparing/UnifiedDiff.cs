using System.Globalization;
using System.Text;

namespace MallVip.Rules.Programmes.Comparing;

/// <summary>Two texts as a unified diff, as <c>diff -u</c> writes it.</summary>
public static class UnifiedDiff
{
    private const int Around = 3;

    /// <param name="path">The file's name, for the heading.</param>
    /// <param name="before">Null: the file is new.</param>
    /// <param name="after">Null: the file is gone.</param>
    public static string Of(string path, string? before, string? after)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- {(before is null ? "/dev/null" : "a/" + path)}\n");
        text.Append(CultureInfo.InvariantCulture, $"+++ {(after is null ? "/dev/null" : "b/" + path)}\n");
        var edits = LineMatcher.Edits(Lines(before), Lines(after));
        for (var from = NextChange(edits, 0); from < edits.Count; from = NextChange(edits, from))
        {
            var end = EndOfHunk(edits, from);
            var begin = Math.Max(0, from - Around);
            var stop = Math.Min(edits.Count, end + Around);
            WriteHunk(text, edits, begin, stop);
            from = stop;
        }

        return text.ToString();
    }

    /// <summary>After the last difference that is near to the one before it.</summary>
    private static int EndOfHunk(List<Edit> edits, int from)
    {
        var (end, next) = (from, from);
        while (next < edits.Count && next <= end + (2 * Around))
        {
            end = next + 1;
            next = NextChange(edits, end);
        }

        return end;
    }

    private static int NextChange(List<Edit> edits, int from)
    {
        while (from < edits.Count && edits[from].Mark == ' ')
            from++;
        return from;
    }

    private static void WriteHunk(StringBuilder text, List<Edit> edits, int begin, int stop)
    {
        var (old, now) = (Count(edits, 0, begin, '+'), Count(edits, 0, begin, '-'));
        var (oldLength, nowLength) = (Count(edits, begin, stop, '+'), Count(edits, begin, stop, '-'));
        text.Append("@@ -").Append(Range(old, oldLength)).Append(" +").Append(Range(now, nowLength))
            .Append(" @@\n");
        for (var at = begin; at < stop; at++)
            text.Append(edits[at].Mark).Append(edits[at].Line).Append('\n');
    }

    /// <summary>Lines of one side: all but those that only the other has.</summary>
    private static int Count(List<Edit> edits, int from, int to, char other)
    {
        var count = 0;
        for (var at = from; at < to; at++)
            if (edits[at].Mark != other)
                count++;
        return count;
    }

    private static string Range(int before, int length)
    {
        var first = length == 0 ? before : before + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{first},{length}");
    }

    private static string[] Lines(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
