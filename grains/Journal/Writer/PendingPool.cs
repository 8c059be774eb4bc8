using System.Collections.Concurrent;

namespace MallVip.Grains.Journal;

/// <summary>Free <see cref="PendingAppend"/>s, at most so many.</summary>
internal sealed class PendingPool(int capacity)
{
    private readonly ConcurrentQueue<PendingAppend> _free = new();
    private int _count;

    public PendingAppend Rent()
    {
        if (!_free.TryDequeue(out var pending))
            return new PendingAppend(this);
        Interlocked.Decrement(ref _count);
        return pending;
    }

    public void Return(PendingAppend pending)
    {
        if (Interlocked.Increment(ref _count) <= capacity)
            _free.Enqueue(pending);
        else
            Interlocked.Decrement(ref _count);
    }
}
