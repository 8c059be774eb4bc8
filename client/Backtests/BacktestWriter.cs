using System.Text.Json;
using MallVip.Client.Reports;
using MallVip.Grains.Backtesting;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Client.Backtests;

/// <summary>Writes what came of a back-test as one JSON object.</summary>
public static class BacktestWriter
{
    /// <summary>What was asked and counted, then <c>rows</c>: see <see cref="BacktestTable"/>.</summary>
    public static void WriteJson(Stream output, BacktestResult result)
    {
        using var json = new Utf8JsonWriter(output, ReportWriter.Json);
        json.WriteStartObject();
        Write(json, result);
        json.WriteEndObject();
    }

    /// <summary>The members of an object that is being written.</summary>
    internal static void Write(Utf8JsonWriter json, BacktestResult result)
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
        ReportWriter.WriteRows(json, BacktestTable.Of(result));
    }
}
