using System.Collections.Immutable;
using MallVip.Grains.Due;

namespace MallVip.Client.Runtime;

/// <summary>Turns counters into rates, once a second. Thread-safe.</summary>
/// <param name="time">Between two samples.</param>
/// <param name="figures">Null: the runtime that is built in tells nothing.</param>
/// <param name="due">Null: nothing falls due in this process.</param>
public sealed class RuntimeMeter(TimeProvider time, IGrainFigures? figures = null, DueMeter? due = null)
{
    private ImmutableDictionary<string, long> _calls = ImmutableDictionary<string, long>.Empty;
    private long _fired;
    private long _sampled = time.GetTimestamp();

    /// <summary>The last sample.</summary>
    public RuntimeBody Latest { get; private set; } = new([]);

    /// <summary>Takes a sample; rates are since the one before. One caller.</summary>
    public RuntimeBody Sample()
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_sampled, now).TotalSeconds;
        var counts = figures?.Read() ?? [];
        var grains = counts.Select(count => BodyOf(count, seconds)).ToImmutableArray();
        _calls = counts.ToImmutableDictionary(
            count => count.Grain, count => count.Calls, StringComparer.Ordinal);
        _sampled = now;
        return Latest = new(grains, due is null ? null : BodyOf(due, seconds));
    }

    private DueBody BodyOf(DueMeter meter, double seconds)
    {
        var (before, fired) = (_fired, meter.Fired);
        _fired = fired;
        return new(Rate(fired - before, seconds), Milliseconds(meter.TakeLag()), fired);
    }

    private GrainBody BodyOf(GrainCount count, double seconds)
    {
        var calls = count.Calls - _calls.GetValueOrDefault(count.Grain);
        return new(
            count.Grain, count.Residents, Rate(calls, seconds),
            Milliseconds(count.P50), Milliseconds(count.P99), count.Queue, count.Calls, count.Failures);
    }

    private static double Rate(long count, double seconds) =>
        seconds > 0 ? Math.Round(count / seconds, 1) : 0;

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
