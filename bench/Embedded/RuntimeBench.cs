using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Admission;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Bench;

/// <summary>
/// The embedded runtime on its own: <c>runtime calls [seconds]</c>, <c>runtime residents [grains]</c>,
/// <c>runtime overload [minutes]</c>.
/// </summary>
internal static class RuntimeBench
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var size = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : (double?)null;
        var output = await CallRates.HeadAsync(args);
        switch (args.FirstOrDefault())
        {
            case "calls": await CallsAsync(output, TimeSpan.FromSeconds(size ?? 3)); return 0;
            case "residents": await ResidentsAsync(output, (int)(size ?? 1_000_000)); return 0;
            case "overload": return await OverloadAsync(output, TimeSpan.FromMinutes(size ?? 5));
            default: return 2;
        }
    }

    private static ServiceProvider Host(Action<EmbeddedGrainOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddEmbeddedGrains(configure, typeof(RuntimeBench).Assembly);
        return services.BuildServiceProvider();
    }

    private static async Task CallsAsync(TextWriter output, TimeSpan duration)
    {
        await using var host = Host(_ => { });
        var runtime = host.GetRequiredService<GrainRuntime>();
        await CallRates.MeasureAsync(output, runtime, duration);
        foreach (var type in runtime.Snapshot())
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{type.Name}: {type.Calls} calls, p50 {type.P50.TotalMicroseconds} us, "
                + $"p99 {type.P99.TotalMicroseconds} us"));
    }

    private static async Task ResidentsAsync(TextWriter output, int count)
    {
        var numbers = Enumerable.Range(0, count);
        var keys = numbers.Select(i => i.ToString("D32", CultureInfo.InvariantCulture)).ToArray();
        await ActivateAllAsync(output, keys, cap: count);
        await ActivateAllAsync(output, keys, cap: count / 10);
    }

    private static async Task ActivateAllAsync(TextWriter output, string[] keys, int cap)
    {
        await using var host = Host(it => it.MaxResidents = cap);
        var runtime = host.GetRequiredService<GrainRuntime>();
        await runtime.GetGrain<IBenchGrain>("warm").Add(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        foreach (var key in keys)
            await runtime.GetGrain<IBenchGrain>(key).Add(1);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"cap {cap}: {keys.Length} activations in {seconds:F2} s, {keys.Length / seconds:F0}/s; "
            + $"{runtime.Snapshot()[0].Residents} resident, {(double)bytes / cap:F0} B each beside the key, "
            + $"the grain object of one int included"));
        started = Stopwatch.GetTimestamp();
        await runtime.StopAsync(CancellationToken.None);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"stop deactivates all in {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s"));
        GC.KeepAlive(keys);
    }

    /// <summary>
    /// Offers twice what a slow grain sustains, from greedy and modest callers, and watches memory and
    /// shares.
    /// </summary>
    private static async Task<int> OverloadAsync(TextWriter output, TimeSpan duration)
    {
        await using var host = Host(_ => { });
        var runtime = host.GetRequiredService<GrainRuntime>();
        var options = new AdmissionOptions
        {
            MaxInFlight = 64,
            MaxInFlightPerCaller = 64,
            MaxWaiting = 512,
            MaxWaitingPerCaller = 128,
        };
        var run = new OverloadRun(runtime, new AdmissionGate(options));
        var sustainable = await run.CalibrateAsync(TimeSpan.FromSeconds(3));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"sustainable {sustainable:F0}/s; offering twice that"));
        return await run.OfferAsync(output, 2 * sustainable, duration) ? 0 : 1;
    }
}
