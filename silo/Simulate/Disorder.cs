namespace MallVip.Silo.Simulate;

/// <summary>
/// Makes events arrive twice, out of order and late. The events themselves stay as they are.
/// </summary>
internal sealed class Disorder(SimulationOptions options)
{
    private readonly Random _random = new(unchecked(options.Seed * 31 + 17));
    private readonly PriorityQueue<SimulatedEvent, (long Ticks, long Order)> _underway = new();
    private long _order;

    public static bool IsWanted(SimulationOptions options) =>
        options.DuplicateShare > 0 || options.ReorderShare > 0 || options.LateShare > 0;

    /// <summary>The events by their arrival.</summary>
    public IEnumerable<SimulatedEvent> Arrive(IEnumerable<SimulatedEvent> events)
    {
        foreach (var item in events)
        {
            while (_underway.TryPeek(out _, out var next) && next.Ticks <= item.Time.UtcTicks)
                yield return _underway.Dequeue();
            if (_random.NextDouble() < options.DuplicateShare)
                Send(item, TimeSpan.FromSeconds(_random.Next(60, 86_400)));
            if (_random.NextDouble() < options.LateShare)
                Send(item, TimeSpan.FromSeconds(_random.Next(3_600, 72 * 3_600)));
            else if (_random.NextDouble() < options.ReorderShare)
                Send(item, TimeSpan.FromMilliseconds(_random.Next(1, 120_000)));
            else
                yield return item;
        }
        while (_underway.TryDequeue(out var item, out _))
            yield return item;
    }

    private void Send(SimulatedEvent item, TimeSpan delay) =>
        _underway.Enqueue(item, (item.Time.UtcTicks + delay.Ticks, _order++));
}
