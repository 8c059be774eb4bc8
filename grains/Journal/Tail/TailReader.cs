using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>
/// A background reader of all entries, in the journal's order, from its checkpoint on. A page is handled at
/// least once; its effect is exactly once when <see cref="CommitAsync"/> writes output and checkpoint in one
/// transaction.
/// </summary>
public abstract class TailReader : TailLoop
{
    private readonly int _maxEntries;

    protected TailReader(IJournal journal, TailReaderOptions options, TimeProvider time, ILogger log)
        : base(journal, options, time, log) => _maxEntries = options.MaxEntries;

    /// <summary>Does the work of a page that lives outside the checkpoint's transaction. Default:
    /// nothing.</summary>
    protected virtual ValueTask HandleAsync(TailPage page, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    /// <summary>Moves the checkpoint past a handled page. Override it to write the page's output in the same
    /// transaction. False: somebody else has moved it and nothing may have been written.</summary>
    protected virtual ValueTask<bool> CommitAsync(
        TailPage page, CheckpointMove move, CancellationToken cancel) =>
        Journal.CompareAndSetCheckpointAsync(move, cancel);

    protected sealed override async ValueTask<TailPosition?> StepAsync(
        Checkpoint checkpoint, CancellationToken cancel)
    {
        var page = await Journal.TailAsync(checkpoint.Position, _maxEntries, cancel);
        if (page.Entries.Count == 0)
            return checkpoint.Position;
        await HandleAsync(page, cancel);
        return await CommitAsync(page, MoveTo(checkpoint, page.Next), cancel) ? page.Next : null;
    }
}
