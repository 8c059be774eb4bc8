using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MallVip.Bench;

/// <summary>
/// How many calls a second a grain runtime carries in its process: 64 callers on 1,000 grains.
/// </summary>
internal static class CallRates
{
    private const int Callers = 64;
    private const int Grains = 1000;

    /// <summary>Says what runs where; the answer is where to write.</summary>
    internal static async Task<TextWriter> HeadAsync(string[] args)
    {
#pragma warning disable RS0030 // A benchmark's standard output is its product.
        var output = Console.Out;
#pragma warning restore RS0030
        await output.WriteLineAsync(
            $"# mallvip-bench runtime {string.Join(' ', args)} on {Silo.Hosting.GrainStack.Name}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"# {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} CPUs, .NET "
            + $"{Environment.Version}"));
        return output;
    }

    /// <summary>Three rounds of each kind of call, each for the duration.</summary>
    internal static async Task MeasureAsync(TextWriter output, IGrainFactory runtime, TimeSpan duration)
    {
        IBenchGrain Grain(int i) => runtime.GetGrain<IBenchGrain>(Names.Of(i));
        var grains = Enumerable.Range(0, Grains).Select(Grain).ToArray();
        for (var round = 0; round < 3; round++)
        {
            await RateAsync(output, "answers at once", duration, i => grains[i % Grains].Add(1));
            await RateAsync(output, "  by new reference", duration, i => Grain(i).Add(1));
            await RateAsync(output, "yields once", duration, i => grains[i % Grains].AddAfterYield(1));
            await RateAsync(output, "grain to grain", duration, i => Grain(i).AddTo(Names.Of(i + 1)));
        }
    }

    private static async Task RateAsync(
        TextWriter output, string what, TimeSpan duration, Func<int, Task> call)
    {
        var stop = false;
        var counts = new long[Callers * 8];
        async Task Caller(int caller)
        {
            await Task.Yield();
            for (var i = caller * 31; !Volatile.Read(ref stop); i = (i + 7) & 0xFFFFFF)
            {
                for (var burst = 0; burst < 16; burst++)
                    await call(i + burst);
                counts[caller * 8] += 16;
                await Task.Yield();
            }
        }
        var started = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes();
        var callers = Enumerable.Range(0, Callers).Select(Caller).ToArray();
        await Task.Delay(duration);
        Volatile.Write(ref stop, true);
        await Task.WhenAll(callers);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var calls = counts.Sum();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{what,-20}{calls / seconds / 1e6,6:F2} M calls/s  "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / calls,4} B/call"));
    }

    /// <summary>Key strings made once, as a server has them from its requests.</summary>
    private static class Names
    {
        private static readonly string[] Made = [.. Enumerable.Range(0, Grains).Select(i => $"g{i}")];

        internal static string Of(int index) => Made[index % Grains];
    }
}
