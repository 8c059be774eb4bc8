using MallVip.Client.Keys;
using MallVip.Client.Reports;
using MallVip.Grains.Journal;
using MallVip.Grains.Reports;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Import;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Report;

/// <summary>What <c>mallvip report</c> was asked to do.</summary>
/// <param name="Journal">The journal; a running silo may have it open.</param>
/// <param name="Order">Which report, of which days.</param>
/// <param name="Till">The till's file of a day-close; null: none.</param>
/// <param name="Csv">CSV in place of JSON.</param>
/// <param name="Out">Where it is written; null: standard output.</param>
public sealed record ReportOptions(
    JournalChoice Journal, ReportOrder Order, string? Till, bool Csv, string? Out);

/// <summary>The verb <c>mallvip report</c>: reads the whole journal and adds it up.</summary>
public static class ReportCommand
{
    /// <summary>0: written; 2: the journal, the till's file or the place to write to is no good.</summary>
    public static async Task<int> RunAsync(
        ReportOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        var closes = options.Order.Name == ReportCatalog.DayClose;
        if (closes && (options.Order.Store is null || options.Till is null))
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("report.needs-till"));
            return 2;
        }

        try
        {
            var order = closes ? options.Order with { Till = TillFile.Read(options.Till!) } : options.Order;
            await using var journal = await options.Journal.Place.OpenReaderAsync(cancellation);
            var table = await ReportReader.RunAsync(journal, order, cancellation);
            await WriteAsync(options, order, table, console, cancellation);
            return 0;
        }
        catch (Exception failure) when (
            failure is JournalException or IOException or UnauthorizedAccessException or ImportFileException
                or StartupRefusedException)
        {
            await console.Error.WriteLineAsync($"report: {failure.Message}");
            return 2;
        }
    }

    private static async Task WriteAsync(
        ReportOptions options, ReportOrder order, ReportTable table, IConsoleOutput console,
        CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        if (options.Csv)
            ReportWriter.WriteCsv(text, table);
        else
            ReportWriter.WriteJson(text, order, table);
        if (options.Out is { } path)
            await File.WriteAllBytesAsync(path, text.ToArray(), cancellation);
        else
            await console.Out.WriteLineAsync(
                System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimEnd('\n'));
    }
}
