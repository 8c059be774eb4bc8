using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MallVip.Rules.Programmes;
using MallVip.Silo.Simulate;

namespace MallVip.Silo.Demo;

/// <summary>The demo's events, as long as the mall is open, and which of them are under way.</summary>
internal sealed class DemoMall(DemoOptions options, Programme programme, TimeProvider time)
{
    private readonly ConcurrentQueue<DemoLine> _underWay = new();

    /// <summary>Simulated events in CloudEvents JSON, until the mall closes.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Events(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        var opened = time.GetTimestamp();
        var open = TimeSpan.FromSeconds(Math.Clamp(options.Seconds, 1, 3_600));
        using var writer = new SimulatedEventWriter(options.Seed);
        foreach (var item in EventSimulator.Run(Simulation()))
        {
            cancellation.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(opened) >= open)
                yield break;
            _underWay.Enqueue(new(item, time.GetTimestamp()));
            yield return writer.Write(item).ToArray();
        }
    }

    /// <summary>The event that is answered next: answers come in the order of the events.</summary>
    public DemoLine Answered() => _underWay.TryDequeue(out var line)
        ? line
        : throw new InvalidOperationException("An answer came without an event.");

    private SimulationOptions Simulation() => new()
    {
        Seed = options.Seed,
        Members = options.Members,
        Days = 36_500,
        EventsPerDay = Math.Max(100, options.Members / 2),
        Stores = [.. programme.Stores.Values.OrderBy(store => store.Id, StringComparer.Ordinal)
            .Select(store => new SimulatedStore(store.Id, store.Category))],
        Malls = [.. programme.Malls.Keys.Order(StringComparer.Ordinal)],
        Lots = programme.ParkingLots.Count == 0
            ? ["P1"]
            : [.. programme.ParkingLots.Keys.Order(StringComparer.Ordinal)],
        DuplicateShare = 0.01,
    };
}

/// <summary>An event under way.</summary>
/// <param name="Sent">Timestamp of the time provider.</param>
internal readonly record struct DemoLine(SimulatedEvent Event, long Sent);
