using MallVip.Silo.Import.Sorting;
using MallVip.Silo.Progress;

namespace MallVip.Silo.Import.Running;

/// <summary>Runs the two passes of one import, and goes on where an earlier run stopped.</summary>
internal sealed class ImportRunner(
    PreparedImport import, ImportOptions options, IImportSink sink, IConsoleOutput console,
    ImportSummary summary)
{
    private readonly StateFile _stateFile = new(options.StatePath);

    /// <summary>True when all lines have an outcome.</summary>
    public async Task<bool> RunAsync(IProgressBoard progress, CancellationToken cancellation)
    {
        var run = await import.FingerprintAsync(options, cancellation);
        var state = _stateFile.Load(run);
        if (state is { Done: true })
        {
            console.Error.WriteLine(
                $"{options.StatePath} says that this import is complete; remove it to run it again.");
            Fill(state);
            return true;
        }
        var continued = state is null ? null : RejectFile.Continue(options.RejectFile, state);
        if (continued is null)
            state = null;
        using var rejects = continued ?? RejectFile.Create(options.RejectFile);
        await RunAsync(run, state, rejects, progress, cancellation);
        summary.RejectFile = rejects.Finish();
        return true;
    }

    private async Task RunAsync(
        string run, ImportState? earlier, RejectFile rejects, IProgressBoard progress,
        CancellationToken cancellation)
    {
        using var folder = new SpillFolder(options.TempPath);
        var mapping = new MappingPass(import, options, folder);
        progress.Begin("Reading", new FileInfo(options.CsvPath).Length);
        // An earlier run has listed these rows already.
        mapping.Run(summary, (row, fault) =>
        {
            if (earlier is null)
                rejects.Add(row, fault);
        }, progress, cancellation);

        var state = earlier ?? new ImportState { Run = run, RejectBytes = rejects.Flush() };
        summary.ResumedAt = state.Confirmed;
        await sink.OpenAsync(new ImportRun(run, options.Kind, state.Confirmed), cancellation);
        progress.Begin("Importing", mapping.Count);
        var sending = new SendingPass(sink, _stateFile, rejects, options, progress, state);
        try
        {
            await sending.RunAsync(mapping.Lines(), cancellation);
        }
        finally
        {
            Fill(sending.State);
        }
    }

    private void Fill(ImportState state)
    {
        summary.Accepted = state.Accepted;
        summary.Duplicate = state.Duplicate;
        summary.RejectedLines = state.RejectedLines;
    }
}
