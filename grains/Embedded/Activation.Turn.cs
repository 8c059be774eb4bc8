namespace MallVip.Grains.Embedded;

/// <summary>The turn: which step comes next, and who shares the grain meanwhile.</summary>
internal sealed partial class Activation
{
    private uint _order;
    private int _running;
    private int _readers;
    private int _pending;
    private bool _writing;
    private bool _executing;

    private bool IsOpen => _life == Life.Active && _closing != Closing.Now;

    private bool HasWork => _life == Life.New || !_ready.IsEmpty || WaitingMayStart || MayDeactivate;

    private bool WaitingMayStart => IsOpen && _waiting.Head is Request head && MayStart(head.Mode);

    /// <summary>Runs up to <paramref name="items"/> steps, then lets other grains have the thread.</summary>
    private void RunSlice(int items)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        while (items-- > 0 && Take() is { } item)
            item.Run(this);
        SetSynchronizationContext(outer);
        EndSlice();
    }

    private void Suspend(Request request, Task work)
    {
        _ = request.Promise;
        lock (this)
        {
            Count(request);
            request.Next = _suspended;
            if (_suspended is not null)
                _suspended.Previous = request;
            _suspended = request;
        }
        request.Await(this, work);
    }

    private WorkItem? Take()
    {
        lock (this)
        {
            if (_life == Life.New)
            {
                _life = Life.Activating;
                return LifeStep.Activate;
            }
            var fromWaiting = WaitingMayStart
                && (_ready.IsEmpty || unchecked((int)(_waiting.Head!.Order - _ready.Head!.Order)) < 0);
            if (fromWaiting || !_ready.IsEmpty)
            {
                var item = fromWaiting ? _waiting.Take() : _ready.Take();
                if (item is Request request)
                    Admit(request);
                return item;
            }
            if (!MayDeactivate)
                return null;
            _life = Life.Deactivating;
            return LifeStep.Deactivate;
        }
    }

    private bool MayStart(CallMode mode) => mode switch
    {
        CallMode.Always => true,
        CallMode.Read => !_writing,
        _ => !_writing && _readers == 0,
    };

    private void Enqueue(Request request)
    {
        _ = request.Promise;
        Count(request);
        request.Order = NextOrder();
        if (request.Mode == CallMode.Always && IsOpen)
            _ready.Add(request);
        else
            _waiting.Add(request);
    }

    private uint NextOrder() => unchecked(_order++);

    private void Count(Request request)
    {
        if (request.Counted)
            return;
        request.Counted = true;
        if (request.Started == 0)
            request.Started = type.Runtime.Time.GetTimestamp();
        _pending++;
        type.Runtime.CountPending(type, 1);
    }

    private void Admit(Request request)
    {
        _running++;
        if (request.Mode == CallMode.Read)
            _readers++;
        else if (request.Mode == CallMode.Write)
            _writing = true;
    }

    private void Leave(Request request)
    {
        lock (this)
        {
            _running--;
            if (request.Mode == CallMode.Read)
                _readers--;
            else if (request.Mode == CallMode.Write)
                _writing = false;
            if (!request.Counted)
                return;
            Uncount(request);
            Unlink(request);
        }
    }

    private void Uncount(Request request)
    {
        request.Counted = false;
        _pending--;
        type.Runtime.CountPending(type, -1);
    }

    private void Unlink(Request request)
    {
        if (ReferenceEquals(_suspended, request))
            _suspended = (Request?)request.Next;
        else if (request.Previous is { } previous)
            previous.Next = request.Next;
        if (request.Next is Request next)
            next.Previous = request.Previous;
        (request.Next, request.Previous) = (null, null);
    }

    private void EndSlice()
    {
        lock (this)
        {
            _executing = false;
            ScheduleIfNeeded();
        }
    }

    private void ScheduleIfNeeded()
    {
        if (_executing || !HasWork)
            return;
        _executing = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
