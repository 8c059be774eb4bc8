namespace MallVip.Grains.Embedded;

/// <summary>
/// A system timer that only asks its activation for a turn, and is set again when the turn ends.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private int _changes;
    private bool _disposed;

    internal GrainTimer(
        Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _options) = (activation, callback, options);
        // The registering call's ambient values must not live as long as the timer.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            var never = Timeout.InfiniteTimeSpan;
            var time = activation.Type.Runtime.Time;
            _timer = time.CreateTimer(static it => ((GrainTimer)it!).Fire(), this, never, never);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Interlocked.Increment(ref _changes);
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _timer.Dispose();
        _stop.Cancel();
        _activation.RemoveTimer(this);
    }

    /// <summary>A dead activation takes no tick, and its timer is gone with it.</summary>
    private void Fire()
    {
        var tick = new Tick(this) { Mode = _options.Interleave ? CallMode.Always : CallMode.Write };
        _activation.TrySubmit(tick, _activation, out _);
    }

    private async Task RunAsync()
    {
        if (_disposed)
            return;
        var changes = _changes;
        try
        {
            await _callback(_stop.Token);
        }
        catch (Exception error)
        {
            _activation.Type.Runtime.Log.TimerThrew(_activation.Type.Name, error);
        }
        if (!_disposed && changes == _changes)
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    private sealed class Tick(GrainTimer timer) : VoidRequest
    {
        internal override bool IsBackground => true;

        internal override bool IsUse => timer._options.KeepAlive;

        internal override Task Invoke(object grain) => timer.RunAsync();
    }
}
