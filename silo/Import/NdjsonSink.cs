namespace MallVip.Silo.Import;

/// <summary>
/// Writes the mapped lines as NDJSON instead of sending them: to look at them, or for <c>mallvip replay</c>.
/// </summary>
/// <param name="output">Stays open.</param>
public sealed class NdjsonSink(Stream output) : IImportSink
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <inheritdoc/>
    public ValueTask OpenAsync(ImportRun run, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ImportOutcome>> AcceptAsync(
        IReadOnlyList<ImportLine> batch, CancellationToken cancellation)
    {
        foreach (var line in batch)
        {
            await output.WriteAsync(line.Json, cancellation);
            await output.WriteAsync(NewLine, cancellation);
        }
        await output.FlushAsync(cancellation);
        return Enumerable.Repeat<ImportOutcome>(ImportOutcome.Accepted.Instance, batch.Count).ToArray();
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
}
