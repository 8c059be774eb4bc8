using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using MallVip.Grains.Reports;

namespace MallVip.Client.Reports;

/// <summary>Writes a report: as CSV with a header, or as one JSON object with its rows.</summary>
public static class ReportWriter
{
    /// <summary>How results are written for people to read.</summary>
    internal static readonly JsonWriterOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>UTF-8, lines end with a line feed. An empty cell is nothing. A text that a spreadsheet would
    /// take for a formula begins with an apostrophe.</summary>
    public static void WriteCsv(Stream output, ReportTable table)
    {
        var options = new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape };
        using var csv = CsvWriter.Create(output, options, leaveOpen: true);
        csv.WriteRecord([.. table.Columns]);
        foreach (var row in table.Rows)
        {
            foreach (var cell in row)
                csv.WriteField(cell is decimal amount ? Plain(amount) : cell);
            csv.EndRecord();
        }
    }

    /// <summary><c>report</c>, <c>from</c>, <c>to</c> and <c>rows</c>: an object each, without the cells that
    /// are nothing. Amounts of money and parts of points are decimal strings.</summary>
    public static void WriteJson(Stream output, ReportOrder order, ReportTable table)
    {
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        json.WriteString("report", order.Name);
        if (order.From is { } from)
            json.WriteString("from", Text(from));
        if (order.To is { } to)
            json.WriteString("to", Text(to));
        WriteRows(json, table);
        json.WriteEndObject();
    }

    /// <summary>The member <c>rows</c> of an object that is being written.</summary>
    internal static void WriteRows(Utf8JsonWriter json, ReportTable table)
    {
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
            Write(json, table, row);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReportTable table, object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
            switch (row[i])
            {
                case null:
                    break;
                case long number:
                    json.WriteNumber(table.Columns[i], number);
                    break;
                case var other:
                    json.WriteString(table.Columns[i], Text(other));
                    break;
            }

        json.WriteEndObject();
    }

    private static string Text(object cell) => cell switch
    {
        decimal amount => Plain(amount).ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => (string)cell,
    };

    /// <summary>The same amount without zeros at its end.</summary>
    private static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;
}
