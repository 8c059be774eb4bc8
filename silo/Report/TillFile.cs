using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Reports;
using MallVip.Silo.Import;
using MallVip.Silo.Import.Maps;
using MallVip.Silo.Import.Rows;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Report;

/// <summary>
/// A till's own file for the day-close: CSV with the columns <c>receipt</c>, <c>paid</c> and, for refunds,
/// <c>refund</c>; other columns are passed over.
/// </summary>
internal static class TillFile
{
    private static ConsoleText Text => ConsoleText.Current;

    /// <exception cref="ImportFileException">A column is missing, or a row cannot be used: all at once, by
    /// their lines.</exception>
    public static ImmutableArray<TillReceipt> Read(string path)
    {
        using var rows = new CsvRowReader(path, CsvDialect.Default);
        var (receipt, paid, refund) = (At(rows, "receipt"), At(rows, "paid"), At(rows, "refund"));
        if (receipt < 0 || paid < 0)
            throw new ImportFileException(Text.Format("report.till-columns", path));
        var read = ImmutableArray.CreateBuilder<TillReceipt>();
        var seen = new HashSet<(string, string?)>();
        var faults = new List<string>();
        while (rows.Read())
        {
            var fault = rows.Fault()?.Reason;
            var cells = fault is null ? rows.Cells() : [];
            var one = fault is null ? Of(cells[receipt], cells[paid], refund < 0 ? "" : cells[refund]) : null;
            if (one is not { } known)
                faults.Add($"{path}:{rows.Raw.Line}: {fault ?? Text.Format("report.till-row")}");
            else if (!seen.Add((known.Receipt, known.Refund)))
                faults.Add($"{path}:{rows.Raw.Line}: {Text.Format("report.till-twice")}");
            else
                read.Add(known);
        }

        return faults.Count == 0
            ? read.ToImmutable()
            : throw new ImportFileException(string.Join('\n', faults));
    }

    private static int At(CsvRowReader rows, string column) => Array.FindIndex(
        rows.Header, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>A refund's amount may stand below zero, as tills write it.</summary>
    private static TillReceipt? Of(string receipt, string paid, string refund)
    {
        var isRefund = refund.Length > 0;
        if (receipt.Length == 0
            || !decimal.TryParse(
                paid, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var amount)
            || (amount < 0 && !isRefund))
            return null;
        return new(receipt, isRefund ? refund : null, Math.Abs(amount));
    }
}
