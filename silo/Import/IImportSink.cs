namespace MallVip.Silo.Import;

/// <summary>Takes what the mapper made: the engine, or a client of a running silo.</summary>
public interface IImportSink
{
    /// <summary>Called once, before the first batch.</summary>
    ValueTask OpenAsync(ImportRun run, CancellationToken cancellation);

    /// <summary>
    /// Takes lines in the order of their time and answers each, in the same order and number. An answer means
    /// that the outcome is durable. An exception stops the import; a rerun sends the batch again.
    /// </summary>
    ValueTask<IReadOnlyList<ImportOutcome>> AcceptAsync(
        IReadOnlyList<ImportLine> batch, CancellationToken cancellation);

    /// <summary>
    /// Called once after the last batch, not when the import was interrupted: fire what is due.
    /// </summary>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
