namespace MallVip.Grains.Journal;

public sealed partial class JournalWriter
{
    private readonly Queue<(long Number, TaskCompletionSource Settled)> _waits = [];
    private long _taken;

    /// <summary>
    /// Completes when every draft that was taken before this call is durable or has failed.
    /// </summary>
    public Task SettledAsync()
    {
        lock (_gate)
        {
            if (_ended.Task.IsCompleted || (_asleep && _unresolved is null))
                return Task.CompletedTask;
            var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Enqueue((_taken, settled));
            return settled.Task;
        }
    }

    /// <summary>Called with the next batch in hand: whatever is older than it is settled.</summary>
    private void EndWaits_NeedsLock()
    {
        if (_unresolved is not null && !_closed)
            return;
        var oldest = _batch.Count == 0 ? long.MaxValue : _batch[0].Number;
        while (_waits.TryPeek(out var wait) && wait.Number < oldest)
            _waits.Dequeue().Settled.SetResult();
    }
}
