namespace MallVip.Grains.Journal;

/// <summary>How far a journal is committed, and who waits for more. Thread-safe; nobody polls.</summary>
public sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private readonly List<(long Pos, TaskCompletionSource Source)> _waiters = [];
    private long _pos;

    /// <summary>The highest committed place; 0 when the journal is empty.</summary>
    public long Pos => Volatile.Read(ref _pos);

    /// <summary>Says that everything up to a place is committed; a lower place than before changes
    /// nothing.</summary>
    public void Advance(long pos)
    {
        lock (_gate)
        {
            if (pos <= _pos)
                return;
            Volatile.Write(ref _pos, pos);
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Pos > pos)
                    continue;
                _waiters[i].Source.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }
    }

    /// <summary>Ends when everything up to <paramref name="pos"/> is committed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForAsync(long pos, CancellationToken cancel = default)
    {
        TaskCompletionSource source;
        lock (_gate)
        {
            if (_pos >= pos)
                return Task.CompletedTask;
            source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((pos, source));
        }

        return cancel.CanBeCanceled ? WaitOrLeave(source, cancel) : source.Task;
    }

    private async Task WaitOrLeave(TaskCompletionSource source, CancellationToken cancel)
    {
        using var registration = cancel.Register(() =>
        {
            lock (_gate)
                _waiters.RemoveAll(w => w.Source == source);
            source.TrySetCanceled(cancel);
        });
        await source.Task;
    }
}
