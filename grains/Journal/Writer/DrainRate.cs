namespace MallVip.Grains.Journal;

/// <summary>How fast batches are written: a moving average, so that a refused caller hears when to come
/// back.</summary>
internal sealed class DrainRate(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private double _perSecond;

    public double EntriesPerSecond => Volatile.Read(ref _perSecond);

    /// <summary>The clock at a batch's start.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Takes a finished batch into the average.</summary>
    public void End(long begun, int entries)
    {
        var seconds = Math.Max(time.GetElapsedTime(begun).TotalSeconds, 1e-6);
        var rate = entries / seconds;
        Volatile.Write(ref _perSecond, _perSecond == 0 ? rate : (0.9 * _perSecond) + (0.1 * rate));
    }

    /// <summary>The time until so many entries are written, within 50 ms and 10 s.</summary>
    public TimeSpan TimeFor(int entries)
    {
        var rate = EntriesPerSecond;
        if (rate <= 0)
            return TimeSpan.FromSeconds(1);
        var wait = entries / rate;
        return wait >= Longest.TotalSeconds ? Longest
            : wait <= Shortest.TotalSeconds ? Shortest
            : TimeSpan.FromSeconds(wait);
    }
}
