using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Crash;

/// <summary>When each event of a load was acknowledged, and how long its request took until then; told phase
/// by phase. Figures for people, nothing to assert: the machine is shared.</summary>
internal sealed class LoadTrace
{
    private readonly ConcurrentQueue<(long At, double Milliseconds)> _acknowledged = new();
    private readonly List<(string Phase, long From)> _phases = [];

    /// <summary>A phase begins; the one before it has ended.</summary>
    public void Begin(string phase) => _phases.Add((phase, TimeProvider.System.GetTimestamp()));

    /// <summary>An event was acknowledged.</summary>
    /// <param name="sent">The time stamp at which its request was sent.</param>
    public void Acknowledge(long sent)
    {
        var now = TimeProvider.System.GetTimestamp();
        _acknowledged.Enqueue((now, TimeProvider.System.GetElapsedTime(sent, now).TotalMilliseconds));
    }

    /// <summary>Events, p99 and the longest time without any, of each phase. A gap belongs to the phase in
    /// which it ended.</summary>
    public void Write(ITestOutputHelper output)
    {
        var all = _acknowledged.OrderBy(one => one.At).ToArray();
        for (var i = 0; i < _phases.Count; i++)
        {
            var (from, to) = (_phases[i].From, i + 1 < _phases.Count ? _phases[i + 1].From : long.MaxValue);
            var (gap, last) = (0.0, all.LastOrDefault(one => one.At < from, (from, 0)).At);
            var times = new List<double>();
            foreach (var (at, milliseconds) in all.Where(one => one.At >= from && one.At < to))
            {
                gap = Math.Max(gap, TimeProvider.System.GetElapsedTime(last, at).TotalMilliseconds);
                last = at;
                times.Add(milliseconds);
            }

            times.Sort();
            var p99 = times.Count == 0 ? double.NaN : times[times.Count * 99 / 100];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{_phases[i].Phase}: {times.Count} events, p99 {p99:F0} ms, longest gap {gap:F0} ms"));
        }
    }
}
