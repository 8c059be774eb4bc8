using MallVip.Silo.Import.Running;
using MallVip.Silo.Progress;

namespace MallVip.Silo.Import;

/// <summary>The verb <c>mallvip import</c>, without the parsing of its options.</summary>
public static class ImportCommand
{
    /// <summary>
    /// Maps the CSV file and hands the lines to the sink. Mistakes, progress and warnings go to <see
    /// cref="IConsoleOutput.Error"/>, the summary to <see cref="IConsoleOutput.Out"/>.
    /// </summary>
    /// <returns>One of <see cref="ImportExit"/>.</returns>
    public static async Task<int> RunAsync(
        ImportOptions options, IImportSink sink, IConsoleOutput console, CancellationToken cancellation)
    {
        var summary = new ImportSummary();
        try
        {
            if (PreparedImport.Read(options, console.Error) is not { } import)
                return ImportExit.Unusable;
            var run = new ImportRunner(import, options, sink, console, summary);
            summary.Complete = console.IsTerminal
                ? await BarProgress.RunAsync(console, progress => run.RunAsync(progress, cancellation))
                : await run.RunAsync(new PlainProgress(console.Error), cancellation);
        }
        catch (ImportFileException error)
        {
            console.Error.WriteLine(error.Message);
            return ImportExit.Unusable;
        }
        catch (Exception error)
            when (error is ImportSinkException or IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine(error.Message);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Error.WriteLine("Interrupted.");
        }
        return Finish(options, console, summary);
    }

    private static int Finish(ImportOptions options, IConsoleOutput console, ImportSummary summary)
    {
        SummaryWriter.Write(summary, options.Json, console.Out);
        if (!summary.Complete)
        {
            console.Error.WriteLine(options.StatePath is null
                ? "Not complete. Run it again: what was accepted is known as duplicate."
                : "Not complete. Run it again with the same --state to go on.");
            return ImportExit.Interrupted;
        }
        var rejected = summary.RejectedRows + summary.RejectedLines > 0;
        return rejected && options.Strict ? ImportExit.Rejected : ImportExit.Done;
    }
}
