namespace MallVip.Grains.Embedded;

/// <summary>
/// One resident grain and its turn. It is the synchronization context of its own code, so that continuations
/// come back here, and the thread pool's work item, so that a turn costs no object. Every field is guarded by
/// <c>lock (this)</c>; user code never runs under it. An idle one is about 120 bytes and holds no queue.
/// </summary>
internal sealed partial class Activation(GrainType type, string key)
    : SynchronizationContext, IThreadPoolWorkItem
{
    private const int ItemsPerSlice = 32;

    private WorkQueue _ready;
    private WorkQueue _waiting;
    private Request? _suspended;
    private Grain? _instance;
    internal GrainType Type => type;

    internal string Key => key;

    /// <summary>Takes a call, unless this activation is gone and the caller must look for the next.</summary>
    internal bool TrySubmit(Request request, Activation? caller, out Task answer)
    {
        var route = Route(request, caller);
        if (route == Entry.AtOnce)
        {
            answer = StartHere(request);
            return true;
        }
        if (route == Entry.First)
            RunSlice(2);
        answer = request.Promise;
        return route != Entry.Gone;
    }

    /// <summary>Runs an admitted call inside this turn and settles its promise.</summary>
    internal void Start(Request request)
    {
        if (request.IsAnswered)
        {
            Leave(request);
            return;
        }
        var work = request.InvokeGuarded(_instance!);
        if (work.IsCompleted)
            Finish(request, work);
        else
            Suspend(request, work);
    }

    /// <summary>The end of a call: first its place is free, then its caller goes on.</summary>
    internal void Finish(Request request, Task work)
    {
        Leave(request);
        type.Stats.Ended(request, work, type.Runtime.Time);
        request.Answer(work);
    }

    /// <summary>
    /// Queues what an await left to do. A continuation always runs, even after the activation's end.
    /// </summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        var item = new Continuation(d, state);
        lock (this)
        {
            item.Order = NextOrder();
            _ready.Add(item);
            ScheduleIfNeeded();
        }
    }

    /// <summary>Waiting for a turn would block a thread of the pool.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A grain's turn cannot be waited for; await it.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    void IThreadPoolWorkItem.Execute() => RunSlice(ItemsPerSlice);

    /// <summary>
    /// Puts a call into its place. A caller that is no grain runs an idle grain's turn on its own thread;
    /// inside a turn that would nest turns and stacks.
    /// </summary>
    private Entry Route(Request request, Activation? caller)
    {
        request.Caller = caller;
        lock (this)
        {
            if (_life == Life.Dead)
                return Entry.Gone;
            if (_pending >= type.Runtime.Options.MaxPendingPerGrain && !request.IsBackground)
            {
                _ = request.Fail(type.Runtime.Overloaded(type));
                return Entry.Queued;
            }
            if (request.IsUse)
                Touch();
            var idle = caller is null && !_executing;
            if (idle && IsOpen && _ready.IsEmpty && _waiting.IsEmpty && MayStart(request.Mode))
            {
                Admit(request);
                _executing = true;
                return Entry.AtOnce;
            }
            Enqueue(request);
            if (!idle || _life != Life.New)
            {
                ScheduleIfNeeded();
                return Entry.Queued;
            }
            _executing = true;
            return Entry.First;
        }
    }

    /// <summary>
    /// The short way: nothing is queued and, if the method does not wait, no promise is made.
    /// </summary>
    private Task StartHere(Request request)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        var work = request.InvokeGuarded(_instance!);
        var suspended = !work.IsCompleted;
        if (suspended)
            Suspend(request, work);
        else
            type.Stats.Ended(request, work, type.Runtime.Time);
        SetSynchronizationContext(outer);
        if (!suspended)
            Leave(request);
        EndSlice();
        return suspended ? request.Promise : work;
    }

    /// <summary>Where a call went.</summary>
    private enum Entry
    {
        Gone,
        Queued,

        /// <summary>Queued, and its caller shall activate the grain.</summary>
        First,

        /// <summary>Admitted on the caller's thread.</summary>
        AtOnce,
    }
}
