using System.Text.Json;
using MallVip.Client.Reports;
using MallVip.Client.Texts;
using MallVip.Grains.Backtesting;
using MallVip.Grains.Reports;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Client.Backtests;

/// <summary>Writes what came of a back-test as one JSON object.</summary>
public static class BacktestWriter
{
    /// <summary>What was asked and counted, then <c>rows</c>: see <see cref="BacktestTable"/>.</summary>
    public static void WriteJson(Stream output, BacktestResult result, Language language)
    {
        using var json = new Utf8JsonWriter(output, ReportWriter.Json);
        json.WriteStartObject();
        Write(json, result, language);
        json.WriteEndObject();
    }

    /// <summary>The members of an object that is being written.</summary>
    internal static void Write(Utf8JsonWriter json, BacktestResult result, Language language)
    {
        json.WriteString("draft", result.Order.Draft.Version);
        json.WriteString("against", result.Order.AgainstRecorded ? "recorded" : "published");
        if (result.Order.From is { } from)
            json.WriteString("from", Rfc3339.ToText(from));
        json.WriteString("to", Rfc3339.ToText(result.To));
        json.WriteNumber("sample", result.Order.Sample);
        json.WriteNumber("members", result.Members);
        json.WriteNumber("entries", result.Entries);
        json.WriteNumber("seconds", Math.Round(result.Took.TotalSeconds, 3));
        json.WriteString(
            "budgets",
            result.Order.IgnoresBudgets ? "ignored" : result.IsSettled ? "settled" : "unsettled");
        json.WriteNumber("openAsks", result.OpenAsks);
        json.WriteNumber("shortAsks", result.ShortAsks);
        json.WriteBoolean("same", result.IsSame);
        ReportWriter.WriteRows(json, TableOf(result, language));
    }

    /// <summary>The figures as one table.</summary>
    public static ReportTable TableOf(BacktestResult result, Language language) =>
        BacktestTable.Of(result, code => HintOf(code, language));

    /// <summary>What can be done about a code of a figure.</summary>
    public static string HintOf(string code, Language language) => Text.Of(language, $"backtest.{code}");
}
