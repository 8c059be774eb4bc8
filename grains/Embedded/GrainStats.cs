namespace MallVip.Grains.Embedded;

/// <summary>What is known of one grain class since the start of the process.</summary>
/// <param name="Name">The class.</param>
/// <param name="Residents">Activations in memory now, those being ended included.</param>
/// <param name="Activations">Activations begun.</param>
/// <param name="Calls">Calls made; two snapshots give calls per second.</param>
/// <param name="Failures">Calls that ended with an exception.</param>
/// <param name="Pending">Calls unanswered now, waiting or running; a call that never waits is not seen
/// here.</param>
/// <param name="P50">Median time from call to answer, waiting included: one call in 16, last one to two
/// minutes.</param>
/// <param name="P99">The same, 99th percentile, to about 12 %.</param>
public sealed record GrainTypeSnapshot(
    string Name, long Residents, long Activations, long Calls, long Failures, long Pending,
    TimeSpan P50, TimeSpan P99);

/// <summary>
/// Counters of one grain class, striped by processor so that a call costs no shared cache line.
/// </summary>
internal sealed class GrainStats
{
    private const int CellWords = 8;
    private const int SampleMask = 15;

    private readonly long[] _calls = new long[CellWords * Stripes];
    private long _activations;
    private long _failures;
    private long _residents;
    private long _pending;

    internal LatencyHistogram Latency { get; } = new();

    private static int Stripes { get; } = (int)System.Numerics.BitOperations.RoundUpToPowerOf2(
        (uint)Math.Min(Environment.ProcessorCount, 64));

    /// <summary>Counts a call and says whether to time it.</summary>
    internal bool Begun()
    {
        var cell = (Thread.GetCurrentProcessorId() & (Stripes - 1)) * CellWords;
        return (Interlocked.Increment(ref _calls[cell]) & SampleMask) == 0;
    }

    internal void Ended(Request request, Task work, TimeProvider time)
    {
        if (!work.IsCompletedSuccessfully)
            Interlocked.Increment(ref _failures);
        if (request.Sampled)
            Latency.Add(time.GetElapsedTime(request.Started));
    }

    internal void Activated() => Interlocked.Increment(ref _activations);

    internal void ChangeResidents(int by) => Interlocked.Add(ref _residents, by);

    internal void ChangePending(int by) => Interlocked.Add(ref _pending, by);

    internal GrainTypeSnapshot Snapshot(string name) => new(
        name, Volatile.Read(ref _residents), Volatile.Read(ref _activations), Sum(),
        Volatile.Read(ref _failures), Volatile.Read(ref _pending),
        Latency.Quantile(0.5), Latency.Quantile(0.99));

    private long Sum()
    {
        var sum = 0L;
        for (var i = 0; i < _calls.Length; i += CellWords)
            sum += Volatile.Read(ref _calls[i]);
        return sum;
    }
}

/// <summary>
/// Times in buckets of an eighth of a power of two, from 100 ns up, over the last one to two windows.
/// </summary>
internal sealed class LatencyHistogram
{
    private long[] _current = new long[8 * 64];
    private long[] _previous = new long[8 * 64];

    internal void Add(TimeSpan elapsed) =>
        Interlocked.Increment(ref _current[BucketOf(Math.Max(0, elapsed.Ticks))]);

    /// <summary>Begins a new window. A sample that races with this may be lost.</summary>
    internal void Rotate()
    {
        var oldest = _previous;
        _previous = _current;
        Array.Clear(oldest);
        _current = oldest;
    }

    /// <summary>The upper edge of the bucket that holds the quantile; zero when nothing was timed.</summary>
    internal TimeSpan Quantile(double quantile)
    {
        var (current, previous) = (_current, _previous);
        var wanted = (current.Sum() + previous.Sum()) * quantile;
        var seen = 0L;
        for (var i = 0; i < current.Length && wanted > 0; i++)
        {
            seen += current[i] + previous[i];
            if (seen >= wanted)
                return TimeSpan.FromTicks(FloorOf(i + 1));
        }
        return TimeSpan.Zero;
    }

    private static int BucketOf(long ticks)
    {
        if (ticks < 8)
            return (int)ticks;
        var power = System.Numerics.BitOperations.Log2((ulong)ticks);
        return ((power - 2) * 8) + (int)((ticks >> (power - 3)) & 7);
    }

    private static long FloorOf(int bucket) =>
        bucket < 8 ? bucket : (8L + (bucket & 7)) << ((bucket >> 3) - 1);
}
