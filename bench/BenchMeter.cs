using System.Globalization;

namespace MallVip.Bench;

/// <summary>Counts and latencies of one measurement; thread-safe.</summary>
internal sealed class BenchMeter
{
    private readonly long[] _micros = new long[1 << 20];
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly int _collected = GC.CollectionCount(0);
    private readonly int _full = GC.CollectionCount(2);
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(TimeSpan latency)
    {
        var index = Interlocked.Increment(ref _count) - 1;
        _micros[index & (_micros.Length - 1)] = (long)latency.TotalMicroseconds;
    }

    /// <summary>
    /// Events per second, the latencies of the last million, CPU time and allocation per event (the maker's
    /// included).
    /// </summary>
    public string Report(double seconds)
    {
        var cpu = (Environment.CpuUsage.TotalTime - _cpu).TotalMicroseconds / Math.Max(1, _count);
        var allocated = (GC.GetTotalAllocatedBytes() - _allocated) / Math.Max(1, _count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Latencies(seconds)}; "
            + $"{cpu:F1} us CPU and {allocated:N0} B per event; {GC.CollectionCount(0) - _collected} "
                + $"collections ({GC.CollectionCount(2) - _full} full), "
                    + $"{(GC.GetTotalPauseDuration() - _paused).TotalSeconds / seconds:P0} of the time");
    }

    /// <summary>Events per second, and the latencies of the last million.</summary>
    public string Latencies(double seconds)
    {
        var kept = _micros.AsSpan(0, (int)Math.Min(_count, _micros.Length)).ToArray();
        Array.Sort(kept);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_count / seconds:N0} events/s; p50 {At(kept, 0.5):F2} ms, p99 {At(kept, 0.99):F2} ms");
    }

    private static double At(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))] / 1000.0;
}
