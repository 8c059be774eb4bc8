namespace MallVip.Grains.Inbox;

/// <summary>
/// Group commit: what comes while a list is being written is the next list. Nothing waits for a timer.
/// Thread-safe.
/// </summary>
/// <param name="write">Writes a list, one at a time, in the order of the adds. Reports its failures through
/// the items; must not throw.</param>
/// <param name="most">The longest list.</param>
internal sealed class Gathering<T>(Func<IReadOnlyList<T>, Task> write, int most)
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = new();
    private Task _writing = Task.CompletedTask;
    private bool _busy;

    public void Add(T item)
    {
        lock (_gate)
        {
            _waiting.Enqueue(item);
            if (_busy)
                return;
            _busy = true;
            _writing = WriteAsync();
        }
    }

    /// <summary>Ends when all that was added before is written.</summary>
    public Task IdleAsync()
    {
        lock (_gate)
            return _writing;
    }

    private async Task WriteAsync()
    {
        // A store may block while it syncs: not on the thread of who adds, and not under the lock.
        await Task.Yield();
        while (Take() is { } list)
            await write(list);
    }

    private List<T>? Take()
    {
        lock (_gate)
        {
            var list = new List<T>(Math.Min(most, _waiting.Count));
            while (list.Count < most && _waiting.TryDequeue(out var item))
                list.Add(item);
            _busy = list.Count > 0;
            return _busy ? list : null;
        }
    }
}
