using System.Globalization;
using MallVip.Client.Backtests;
using MallVip.Grains.Backtesting;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Backtest;

/// <summary>What came of a back-test, for people: what differs most stands first in each part.</summary>
internal sealed class BacktestText(ConsoleText text, Language language, TextWriter output)
{
    /// <summary>Lines of a part; the whole of it stands in the JSON and CSV.</summary>
    public const int MostLines = 20;

    public void Write(BacktestResult result)
    {
        var order = result.Order;
        output.WriteLine(text.Format(
            order.AgainstRecorded ? "backtest.recorded" : "backtest.published",
            order.Draft.Version[..12], order.From is { } from ? Rfc3339.ToText(from) : "…",
            Rfc3339.ToText(result.To)));
        output.WriteLine(text.Format(
            "backtest.counts", result.Members, result.Entries, result.Took.TotalSeconds,
            result.Entries / result.Took.TotalSeconds));
        if (order.IgnoresBudgets)
            output.WriteLine(text.Format("backtest.sample", order.Sample));
        else if (result.OpenAsks > 0)
            output.WriteLine(text.Format(
                result.IsSettled ? "backtest.asks" : "backtest.unsettled", result.OpenAsks,
                result.ShortAsks));
        foreach (var section in result.Rows.GroupBy(row => row.Key.Section))
            Write(section.Key, [.. section]);
        output.WriteLine();
        output.WriteLine(text.Format(result.IsSame ? "backtest.same" : "backtest.differs"));
    }

    private void Write(string section, BacktestRow[] rows)
    {
        output.WriteLine();
        output.WriteLine(text.Format($"backtest.{section}"));
        var shown = section == BacktestSections.Points
            ? rows
            : [.. rows.OrderByDescending(row => Math.Abs(row.After - row.Before)).Take(MostLines)];
        if (section == BacktestSections.Never)
            foreach (var row in shown)
                output.WriteLine($"  {row.Key.Key}");
        else
            WriteTable(section, shown);
        if (shown.Length < rows.Length)
            output.WriteLine("  " + text.Format("backtest.more", rows.Length - shown.Length));
        foreach (var code in rows.Select(row => row.Code).OfType<string>().Distinct())
            output.WriteLine($"  {code}: {BacktestWriter.HintOf(code, language)}");
    }

    private void WriteTable(string section, BacktestRow[] rows)
    {
        var hasCosts = Array.Exists(rows, row => row.CostBefore is not null || row.CostAfter is not null);
        var hasFirst = Array.Exists(rows, row => row.First is not null);
        string[] heads = ["", .. new[] { "before", "after", "difference" }
            .Concat(hasCosts ? ["cost-before", "cost-after", "cost-difference"] : [])
            .Concat(hasFirst ? ["first"] : []).Select(Head)];
        string[][] cells = [heads, .. rows.Select(row => Cells(section, row, hasCosts))];
        var widths = heads.Select((_, at) => cells.Max(line => Width(line[at]))).ToArray();
        foreach (var line in cells)
            output.WriteLine("  " + string.Join("  ", line.Select((cell, at) => at == 0
                ? cell + Blanks(widths[at], cell)
                : Blanks(widths[at], cell) + cell)).TrimEnd());
    }

    private string Head(string name) => text.Format($"backtest.head.{name}");

    private string[] Cells(string section, BacktestRow row, bool hasCosts) =>
    [
        Label(section, row.Key), Number(row.Before), Number(row.After), Number(row.After - row.Before),
        .. hasCosts
            ? new[] { Money(row.CostBefore), Money(row.CostAfter), Money(row.CostAfter - row.CostBefore) }
            : [],
        .. row.First is { } first ? new[] { Rfc3339.ToText(first) } : [],
    ];

    private string Label(string section, in BacktestKey key)
    {
        var name = key.Key.Length == 0 ? text.Format("backtest.none") : key.Key;
        if (section == BacktestSections.Points)
            name = text.Format($"backtest.points.{key.Key}");
        if (section == BacktestSections.TierMove)
            name += $" -> {(key.To.Length == 0 ? text.Format("backtest.none") : key.To)}";
        return key.Wallet.Length == 0 ? name : $"{name} ({key.Wallet})";
    }

    private static string Number(decimal amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Money(decimal? cost) =>
        cost?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Blanks(int width, string cell) => new(' ', width - Width(cell));

    /// <summary>Chinese characters take two places on a terminal.</summary>
    private static int Width(string cell) => cell.Sum(letter => letter >= 0x1100 ? 2 : 1);
}
