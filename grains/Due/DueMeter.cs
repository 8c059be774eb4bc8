namespace MallVip.Grains.Due;

/// <summary>How far what time brings is behind the clock. Counted by the worker; thread-safe.</summary>
public sealed class DueMeter(TimeProvider time)
{
    private long _fired;
    private long _latest;
    private long _underWay = long.MaxValue;

    /// <summary>Due rows whose grains have done their work, since the start of the process. A row may be
    /// early: its grain looks, finds nothing and counts too.</summary>
    public long Fired => Interlocked.Read(ref _fired);

    /// <summary>The next rows are on their way to their grains; the oldest of them was due at this instant.
    /// </summary>
    public void Claimed(DateTimeOffset oldest) => Interlocked.Exchange(ref _underWay, oldest.UtcTicks);

    /// <summary>What was claimed is done with.</summary>
    public void Settled() => Interlocked.Exchange(ref _underWay, long.MaxValue);

    /// <summary>A row's grain has done its work, and it is durable.</summary>
    /// <param name="due">When it was to be done.</param>
    public void Done(DateTimeOffset due)
    {
        Interlocked.Increment(ref _fired);
        Raise(Math.Max(0, (time.GetUtcNow() - due).Ticks));
    }

    /// <summary>The longest that a row had to wait, of those done since the last call and those under way;
    /// zero where there were none. One caller.</summary>
    public TimeSpan TakeLag()
    {
        var done = Interlocked.Exchange(ref _latest, 0);
        var oldest = Interlocked.Read(ref _underWay);
        return new(oldest == long.MaxValue ? done : Math.Max(done, time.GetUtcNow().UtcTicks - oldest));
    }

    private void Raise(long lag)
    {
        var seen = Interlocked.Read(ref _latest);
        while (lag > seen)
        {
            var before = Interlocked.CompareExchange(ref _latest, lag, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
