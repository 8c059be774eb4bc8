using MallVip.Grains.Journal;
using MallVip.Grains.Runs;

namespace MallVip.Grains.Due;

/// <summary>
/// Tells the due worker, without polling, that something is due before it meant to wake: a row was committed,
/// or a run has ended that held rows. Thread-safe.
/// </summary>
public sealed class DueSignal : ICommitObserver
{
    private readonly OpenRuns _runs;
    private readonly Lock _gate = new();
    private TaskCompletionSource _earlier = New();
    private DateTimeOffset _until = DateTimeOffset.MaxValue;

    public DueSignal(OpenRuns runs)
    {
        _runs = runs;
        runs.WhenEnded(() => Notice(DateTimeOffset.MinValue));
    }

    /// <inheritdoc/>
    public void OnCommitted(JournalBatch batch, ReadOnlySpan<long> places)
    {
        foreach (var entry in batch.Entries)
        {
            if (entry.NextDue.Action is DueAction.Earlier or DueAction.Exact && !_runs.Holds(entry.Grain))
                Notice(entry.NextDue.At);
        }
    }

    /// <inheritdoc/>
    public void OnFailed(EntryDraft draft, AppendFailedException error)
    {
    }

    /// <summary>Ends when a due row before <paramref name="until"/> is committed after this call.</summary>
    public Task WaitBefore(DateTimeOffset until)
    {
        lock (_gate)
        {
            _until = until;
            return (_earlier = New()).Task;
        }
    }

    /// <summary>From now on only rows before <paramref name="until"/> matter.</summary>
    public void Narrow(DateTimeOffset until)
    {
        lock (_gate)
            _until = until;
    }

    /// <summary>A due row is committed that says an instant.</summary>
    public void Notice(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at < _until)
                _earlier.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
