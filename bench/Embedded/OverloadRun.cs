using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Admission;

namespace MallVip.Bench;

/// <summary>
/// An open-loop source at a given rate: half from one greedy caller, half from 20 modest ones.
/// </summary>
internal sealed class OverloadRun(GrainRuntime runtime, AdmissionGate gate)
{
    private const int WorkMicroseconds = 200;
    private const int Modest = 20;
    private static readonly string[] Names = [.. Enumerable.Range(0, Modest + 1).Select(it => $"till-{it}")];
    private readonly long[] _served = new long[Modest + 1];
    private readonly long[] _refused = new long[Modest + 1];
    private readonly long[] _offered = new long[Modest + 1];

    internal async Task<double> CalibrateAsync(TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var done = 0L;
        async Task Caller(int caller)
        {
            for (var i = caller; Stopwatch.GetElapsedTime(started) < duration; i += 16)
            {
                await runtime.GetGrain<IBenchGrain>($"o{i % 500}").Work(WorkMicroseconds);
                Interlocked.Increment(ref done);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, 16).Select(Caller));
        return done / duration.TotalSeconds;
    }

    /// <summary>True when memory stayed flat and the modest callers got at least their fair part.</summary>
    internal async Task<bool> OfferAsync(TextWriter output, double perSecond, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var (sent, reported, flat, first) = (0L, TimeSpan.Zero, true, 0L);
        for (var elapsed = TimeSpan.Zero; elapsed < duration; elapsed = Stopwatch.GetElapsedTime(started))
        {
            for (var due = (long)(elapsed.TotalSeconds * perSecond); sent < due; sent++)
                _ = OneAsync(sent % 2 == 0 ? 0 : 1 + (int)(sent / 2 % Modest), sent);
            if (elapsed - reported >= duration / 20)
            {
                reported = elapsed;
                var bytes = GC.GetTotalMemory(forceFullCollection: true);
                first = first == 0 ? bytes : first;
                flat &= bytes < first + (32 << 20);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{elapsed.TotalSeconds,6:F0} s  heap {bytes / 1e6,6:F1} MB  in flight {gate.InFlight}  "
                    + $"waiting {gate.Waiting}  served {_served.Sum()}  refused {_refused.Sum()}"));
            }
            await Task.Delay(1);
        }
        var modest = _served.Skip(1).Sum();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"greedy caller: offered {_offered[0]}, served {_served[0]}; each modest: offered {_offered[1]}, "
            + $"served {_served.Skip(1).Min()} to {_served.Skip(1).Max()}; "
            + $"memory {(flat ? "flat" : "GREW")}"));
        return flat && modest >= _served[0];
    }

    private async Task OneAsync(int caller, long number)
    {
        await Task.Yield();
        Interlocked.Increment(ref _offered[caller]);
        try
        {
            using var lease = await gate.EnterAsync(Names[caller], CancellationToken.None);
            await runtime.GetGrain<IBenchGrain>($"o{number % 500}").Work(WorkMicroseconds);
            Interlocked.Increment(ref _served[caller]);
        }
        catch (GrainOverloadedException)
        {
            Interlocked.Increment(ref _refused[caller]);
        }
    }
}
