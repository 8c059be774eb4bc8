namespace MallVip.Grains.Embedded;

/// <summary>
/// Finds what has stayed too long: calls and activations by the clock, any of them for room.
/// </summary>
internal sealed class ResidentSweep : IDisposable
{
    private const int MostLooksForRoom = 256;
    private const int MostEvictionsForRoom = 4;
    private const long LongestPeriod = TimeSpan.TicksPerHour;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly GrainRuntime _runtime;
    private readonly ITimer _timer;
    private readonly TimeSpan _period;
    private readonly int _collectionTicks;
    private IEnumerator<Activation> _hand = Enumerable.Empty<Activation>().GetEnumerator();
    private long _windowStarted;
    private bool _sweeping;
    private bool _makingRoom;
    private int _tick;

    internal ResidentSweep(GrainRuntime runtime)
    {
        _runtime = runtime;
        var options = runtime.Options;
        var shortest = TimeSpan.FromTicks(Math.Min(options.CallTimeout.Ticks, options.CollectionAge.Ticks));
        var ticks = Math.Clamp(shortest.Ticks / 4, TimeSpan.TicksPerMillisecond, LongestPeriod);
        _period = TimeSpan.FromTicks(ticks);
        _collectionTicks = (int)Math.Min(int.MaxValue / 2, Math.Ceiling(options.CollectionAge / _period));
        _windowStarted = runtime.Time.GetTimestamp();
        _timer = runtime.Time.CreateTimer(static it => ((ResidentSweep)it!).Sweep(), this, _period, _period);
    }

    /// <summary>Sweeps so far: the coarse clock of last use.</summary>
    internal int Tick => Volatile.Read(ref _tick);

    public void Dispose() => _timer.Dispose();

    /// <summary>
    /// Called by whoever brings the newcomer, so that arrivals cannot outrun evictions: the hand of the clock
    /// goes on from where it stood, taking idle activations not used since it last passed.
    /// </summary>
    internal void MakeRoom()
    {
        if (Interlocked.Exchange(ref _makingRoom, true))
            return;
        var evictions = 0;
        for (var looks = 0; looks < MostLooksForRoom && evictions < MostEvictionsForRoom; looks++)
        {
            if (!_runtime.IsOverfull)
                break;
            if (!_hand.MoveNext())
                _hand = Residents().GetEnumerator();
            else if (_hand.Current.TryEvict(DeactivationReasonCode.HighMemoryPressure, spare: true))
                evictions++;
        }
        Volatile.Write(ref _makingRoom, false);
    }

    private IEnumerable<Activation> Residents() =>
        _runtime.Types.SelectMany(static it => it.Residents).Select(static it => it.Value);

    private void Sweep()
    {
        if (Interlocked.Exchange(ref _sweeping, true))
            return;
        var oldestUse = Interlocked.Increment(ref _tick) - _collectionTicks;
        var oldestCall = _runtime.After(-_runtime.Options.CallTimeout);
        foreach (var activation in Residents())
            activation.Sweep(oldestUse, oldestCall);
        if (_runtime.Time.GetElapsedTime(_windowStarted) >= Window)
        {
            _windowStarted = _runtime.Time.GetTimestamp();
            foreach (var type in _runtime.Types)
                type.Stats.Latency.Rotate();
        }
        Volatile.Write(ref _sweeping, false);
    }
}
