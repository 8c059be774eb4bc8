namespace MallVip.Grains.Embedded;

/// <summary>How long an activation stays, its timers, and calls that have waited too long.</summary>
internal sealed partial class Activation
{
    private Extras? _extras;
    private int _lastUsed;
    private bool _referenced;

    /// <summary>One look of the periodic sweep: old calls time out, an old activation is collected.</summary>
    internal void Sweep(int oldestUse, long oldestCall)
    {
        if (_pending > 0)
            Abandon(oldestCall, type.Runtime.TimedOut);
        else if (_life == Life.Active && _lastUsed - oldestUse < 0)
            TryEvict(DeactivationReasonCode.ActivationIdle, spare: false);
        else if (type.Runtime.IsOverfull)
            TryEvict(DeactivationReasonCode.HighMemoryPressure, spare: true);
    }

    /// <summary>
    /// Gives calls begun before <paramref name="oldest"/> an error. One that runs goes on unheard.
    /// </summary>
    internal void Abandon(long oldest, Func<Activation, Request, bool, Exception> error)
    {
        var late = new List<(Request Call, bool Runs)>();
        lock (this)
        {
            Collect(_waiting, oldest, late);
            Collect(_ready, oldest, late);
            for (var call = _suspended; call is not null; call = (Request?)call.Next)
            {
                if (call.Started < oldest)
                    late.Add((call, true));
            }
        }
        foreach (var (call, runs) in late)
        {
            if (!call.IsAnswered && !call.IsBackground)
                _ = call.Fail(error(this, call, runs));
        }
    }

    internal void KeepFor(TimeSpan span)
    {
        lock (this)
        {
            _extras ??= new Extras();
            _extras.KeptUntil = type.Runtime.After(span);
        }
    }

    internal IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (this)
        {
            _extras ??= new Extras();
            _extras.Timers.Add(timer);
        }
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    internal void RemoveTimer(GrainTimer timer)
    {
        lock (this)
            _extras?.Timers.Remove(timer);
    }

    private static void Collect(WorkQueue queue, long oldest, List<(Request Call, bool Runs)> late)
    {
        for (var item = queue.Head; item is not null; item = queue.After(item))
        {
            if (item is Request call && call.Started < oldest)
                late.Add((call, false));
        }
    }

    private void Touch()
    {
        _referenced = true;
        _lastUsed = type.Runtime.Tick;
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (this)
            timers = _extras is null ? [] : [.. _extras.Timers];
        foreach (var timer in timers)
            timer.Dispose();
    }

    /// <summary>What only few activations need.</summary>
    private sealed class Extras
    {
        internal readonly List<GrainTimer> Timers = [];
        internal long KeptUntil;
    }
}
