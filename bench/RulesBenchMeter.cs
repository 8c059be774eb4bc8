using System.Diagnostics;

namespace MallVip.Bench;

/// <summary>Times one thing in turns, on one thread.</summary>
internal sealed class RulesBenchMeter(Action once)
{
    private const int Batch = 64;

    private readonly List<double> _micros = [];
    private long _bytes;

    /// <summary>Microseconds of the turn in the middle.</summary>
    public double Median => _micros.Order().ElementAt(_micros.Count / 2);

    /// <summary>Allocated each time, in the last turn.</summary>
    public long Bytes => _bytes;

    public void Run(TimeSpan time)
    {
        var (times, begin) = (0, Stopwatch.GetTimestamp());
        var before = GC.GetAllocatedBytesForCurrentThread();
        do
        {
            for (var i = 0; i < Batch; i++)
                once();
            times += Batch;
        }
        while (Stopwatch.GetElapsedTime(begin) < time);
        _bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
        _micros.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds / times);
    }
}
