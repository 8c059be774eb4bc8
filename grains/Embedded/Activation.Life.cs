namespace MallVip.Grains.Embedded;

/// <summary>When a closing activation stops admitting calls.</summary>
internal enum Closing : byte
{
    None,

    /// <summary>After every call that waits has had its turn.</summary>
    WhenIdle,

    /// <summary>At once: waiting calls go to the next activation.</summary>
    Now,
}

/// <summary>Birth and end of an activation.</summary>
internal sealed partial class Activation
{
    private Life _life;
    private Closing _closing;
    private DeactivationReasonCode _reason;

    private enum Life : byte
    {
        New,
        Activating,
        Active,
        Deactivating,
        Dead,
    }

    private bool MayDeactivate => _life == Life.Active && _running == 0
        && (_closing == Closing.Now || (_closing == Closing.WhenIdle && _waiting.IsEmpty));

    private bool IsIdle => _life == Life.Active && !_executing && _pending == 0 && _running == 0
        && _ready.IsEmpty && _closing == Closing.None
        && (_extras is null || _extras.KeptUntil <= type.Runtime.Time.GetTimestamp());

    /// <summary>Asks for the end; the first reason given stays.</summary>
    internal void Deactivate(DeactivationReasonCode reason, Closing closing)
    {
        lock (this)
        {
            if (_closing >= closing)
                return;
            if (_closing == Closing.None)
                _reason = reason;
            _closing = closing;
            ScheduleIfNeeded();
        }
    }

    /// <summary>Ends an idle activation on the calling thread, as far as it goes without waiting.</summary>
    /// <param name="spare">True gives an activation used since the last visit a second chance.</param>
    internal bool TryEvict(DeactivationReasonCode reason, bool spare)
    {
        lock (this)
        {
            if (!IsIdle || (spare && _referenced))
            {
                _referenced = false;
                return false;
            }
            (_reason, _closing, _executing) = (reason, Closing.Now, true);
        }
        RunSlice(1);
        return true;
    }

    private async Task ActivateAsync()
    {
        try
        {
            _instance = type.Create();
            await _instance.OnActivateAsync(type.Runtime.Shutdown);
        }
        catch (Exception error)
        {
            Bury(error);
            return;
        }
        lock (this)
            Open();
    }

    private void Open()
    {
        _life = Life.Active;
        type.Stats.Activated();
        if (_closing == Closing.None && type.Runtime.IsStopping)
            (_closing, _reason) = (Closing.WhenIdle, DeactivationReasonCode.ShuttingDown);
        else if (_closing == Closing.Now)
            _closing = Closing.WhenIdle;
        var arrived = _waiting;
        _waiting = default;
        while (!arrived.IsEmpty)
        {
            var call = (Request)arrived.Take();
            if (call.Mode == CallMode.Always)
                _ready.Add(call);
            else
                _waiting.Add(call);
        }
    }

    private async Task DeactivateAsync()
    {
        type.Runtime.Leaving(1);
        try
        {
            StopTimers();
            var reason = new DeactivationReason(_reason, _reason.ToString());
            await _instance!.OnDeactivateAsync(reason, type.Runtime.Shutdown);
            if (_instance is IAsyncDisposable owner)
                await owner.DisposeAsync();
            else
                (_instance as IDisposable)?.Dispose();
        }
        catch (Exception error)
        {
            type.Runtime.Log.DeactivationThrew(type.Name, error);
        }
        type.Runtime.Leaving(-1);
        Bury(null);
    }

    /// <summary>
    /// The end: calls that wait fail with the reason, or go in their order to the next activation.
    /// </summary>
    private void Bury(Exception? failure)
    {
        WorkQueue left;
        Activation? next = null;
        StopTimers();
        lock (this)
        {
            (_life, _instance) = (Life.Dead, null);
            left = TakeWaiting();
            if (failure is not null || left.IsEmpty)
                type.Remove(this);
            else
                next = type.Replace(this, left);
        }
        if (next is null)
            type.Runtime.Departed(type);
        next?.Wake();
        while (failure is not null && !left.IsEmpty)
            _ = ((Request)left.Take()).Fail(failure);
    }

    /// <summary>The calls that wait; ticks of this activation's timers end with it.</summary>
    private WorkQueue TakeWaiting()
    {
        var calls = default(WorkQueue);
        while (!_waiting.IsEmpty)
        {
            var call = (Request)_waiting.Take();
            Uncount(call);
            if (!call.IsBackground)
                calls.Add(call);
        }
        return calls;
    }

    /// <summary>
    /// Takes over what waited at the activation before, in its order. Nobody else knows this one yet.
    /// </summary>
    internal void Inherit(WorkQueue calls)
    {
        lock (this)
        {
            while (!calls.IsEmpty)
                Enqueue((Request)calls.Take());
        }
    }

    /// <summary>Starts an activation that inherited calls.</summary>
    internal void Wake()
    {
        lock (this)
            ScheduleIfNeeded();
    }

    /// <summary>The two steps that are no calls.</summary>
    private sealed class LifeStep(bool begins) : WorkItem
    {
        internal static readonly LifeStep Activate = new(begins: true);
        internal static readonly LifeStep Deactivate = new(begins: false);

        internal override void Run(Activation activation) =>
            _ = begins ? activation.ActivateAsync() : activation.DeactivateAsync();
    }
}
