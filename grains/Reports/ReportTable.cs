using System.Collections.Immutable;

namespace MallVip.Grains.Reports;

/// <summary>A report: rows under columns.</summary>
/// <param name="Columns">Names for scripts, the same in every language.</param>
/// <param name="Rows">One cell a column: text, <c>long</c>, <c>decimal</c>, or null for nothing.</param>
public sealed record ReportTable(ImmutableArray<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>A table whose rows stand in the order of their first cells, as text, letter by
    /// letter.</summary>
    /// <param name="by">How many cells decide.</param>
    public static ReportTable Sorted(
        ImmutableArray<string> columns, int by, IEnumerable<object?[]> rows)
    {
        var sorted = rows.OrderBy(row => row[0] as string, StringComparer.Ordinal);
        for (var i = 1; i < by; i++)
        {
            var at = i;
            sorted = sorted.ThenBy(row => row[at] as string, StringComparer.Ordinal);
        }

        return new(columns, [.. sorted]);
    }

    /// <summary>All cells of a column, from the first row on.</summary>
    public IEnumerable<object?> Column(string name)
    {
        var at = Columns.IndexOf(name);
        return Rows.Select(row => row[at]);
    }
}
