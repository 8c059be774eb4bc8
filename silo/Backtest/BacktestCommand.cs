using System.Text;
using MallVip.Client.Backtests;
using MallVip.Client.Keys;
using MallVip.Client.Reports;
using MallVip.Grains.Backtesting;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Progress;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Backtest;

/// <summary>The verb <c>mallvip backtest</c>: what a draft would have given, had it decided the recorded
/// history.</summary>
public static class BacktestCommand
{
    private static Language Spoken => ConsoleText.IsChinese() ? Language.Chinese : Language.English;

    /// <summary>0: written; 1: cancelled; 2: the draft, the journal, the time or the place to write to is no
    /// good.</summary>
    public static async Task<int> RunAsync(
        BacktestOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        if (ProgrammeFolder.Load(options.Rules, console.Error) is not { } draft)
            return 2;
        if (await OrderAsync(options, draft, console) is not { } order)
            return 2;
        try
        {
            await using var journal = await options.Journal.Place.OpenReaderAsync(cancellation);
            var result = console.IsTerminal
                ? await BarProgress.RunAsync(console, board => RunAsync(journal, order, board, cancellation))
                : await RunAsync(journal, order, new PlainProgress(console.Error), cancellation);
            await WriteAsync(options, result, console, cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("backtest.cancelled"));
            return 1;
        }
        catch (Exception failure) when (
            failure is JournalException or IOException or UnauthorizedAccessException
                or StartupRefusedException)
        {
            await console.Error.WriteLineAsync($"backtest: {failure.Message}");
            return 2;
        }
    }

    private static async Task<BacktestOrder?> OrderAsync(
        BacktestOptions options, Programme draft, IConsoleOutput console)
    {
        DateTimeOffset from = default, to = default;
        var wrong = options.From is { } first && !BacktestTime.TryReadFrom(first, draft.Zone, out from)
            ? first
            : options.To is { } last && !BacktestTime.TryReadTo(last, draft.Zone, out to) ? last : null;
        if (wrong is not null)
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("backtest.bad-time", wrong));
            return null;
        }

        return new()
        {
            Draft = draft,
            From = options.From is null ? null : from,
            To = options.To is null ? null : to,
            Sample = options.Sample,
            CpuShare = options.Cpu,
            AgainstRecorded = options.AgainstRecorded,
        };
    }

    private static Task<BacktestResult> RunAsync(
        IJournalReader journal, BacktestOrder order, IProgressBoard board, CancellationToken cancellation)
    {
        var (gate, began) = (new Lock(), false);
        return BacktestRun.RunAsync(journal, order, TimeProvider.System, Tell, cancellation);

        void Tell(long done, long of)
        {
            lock (gate)
            {
                if (!began)
                    board.Begin(ConsoleText.Current.Format("backtest.members"), of);
                began = true;
                board.Report(done);
            }
        }
    }

    private static async Task WriteAsync(
        BacktestOptions options, BacktestResult result, IConsoleOutput console,
        CancellationToken cancellation)
    {
        if (options is { Format: "table", Out: null })
        {
            new BacktestText(ConsoleText.Current, Spoken, console.Out).Write(result);
            return;
        }

        using var written = new MemoryStream();
        switch (options.Format)
        {
            case "json":
                BacktestWriter.WriteJson(written, result, Spoken);
                break;
            case "csv":
                ReportWriter.WriteCsv(written, BacktestWriter.TableOf(result, Spoken));
                break;
            default:
                await using (var text = new StreamWriter(written, Encoding.UTF8, leaveOpen: true))
                    new BacktestText(ConsoleText.Current, Spoken, text).Write(result);
                break;
        }

        if (options.Out is { } path)
            await File.WriteAllBytesAsync(path, written.ToArray(), cancellation);
        else
            await console.Out.WriteLineAsync(
                Encoding.UTF8.GetString(written.GetBuffer(), 0, (int)written.Length).TrimEnd('\n'));
    }
}
