using MallVip.Grains.Reports;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Grains.Backtesting;

/// <summary>A back-test's figures as one table, for files and scripts.</summary>
public static class BacktestTable
{
    /// <summary>Rows in the order of <see cref="BacktestSections.All"/>. A cost is nothing where nobody says
    /// what a point costs; points are whole but where payers share them.</summary>
    /// <param name="hint">What can be done about a code of <see cref="BacktestRow.Code"/>.</param>
    public static ReportTable Of(BacktestResult result, Func<string, string> hint) => new(
        ["section", "key", "to", "wallet", "before", "after", "difference", "costBefore", "costAfter",
            "costDifference", "code", "first", "hint"],
        [.. result.Rows.Select(row => Row(row, hint))]);

    private static object?[] Row(BacktestRow row, Func<string, string> hint) =>
    [
        row.Key.Section, NullIfEmpty(row.Key.Key), NullIfEmpty(row.Key.To), NullIfEmpty(row.Key.Wallet),
        Amount(row, row.Before), Amount(row, row.After), Amount(row, row.After - row.Before),
        row.CostBefore, row.CostAfter, row.CostAfter - row.CostBefore,
        row.Code, row.First is { } first ? Rfc3339.ToText(first) : null,
        row.Code is { } code ? hint(code) : null,
    ];

    private static object Amount(BacktestRow row, decimal amount)
    {
        if (row.Key.Section == BacktestSections.Payer)
            return amount;
        return decimal.ToInt64(amount);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
