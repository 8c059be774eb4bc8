namespace MallVip.Grains.Embedded;

/// <summary>How a call shares its grain with others.</summary>
internal enum CallMode : byte
{
    /// <summary>Alone, from its start to its end.</summary>
    Write,

    /// <summary>Together with others of this mode.</summary>
    Read,

    /// <summary>Between the awaits of any other.</summary>
    Always,
}

/// <summary>
/// One call on its way. A generated class per contract method holds the arguments and its name.
/// </summary>
internal abstract class Request : WorkItem
{
    /// <summary>A caller's code never runs inside the turn that answers it.</summary>
    private protected const TaskCreationOptions Asynchronously =
        TaskCreationOptions.RunContinuationsAsynchronously;

    internal CallMode Mode;
    internal bool Counted;
    internal bool Sampled;
    internal long Started;
    internal Activation? Caller;
    internal Request? Previous;
    private Activation? _target;
    private Task? _work;

    /// <summary>The contract method.</summary>
    internal string Method => GetType().Name.Split('#')[0];

    /// <summary>The runtime's own, such as a timer tick: outside the bounds.</summary>
    internal virtual bool IsBackground => false;

    /// <summary>Whether this call counts as use of the grain.</summary>
    internal virtual bool IsUse => true;

    /// <summary>The task a caller awaits, made when the answer cannot be had at once.</summary>
    internal abstract Task Promise { get; }

    /// <summary>True when the caller already has an answer, as after a time-out.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>Calls the method. Generated.</summary>
    internal abstract Task Invoke(object grain);

    /// <summary>Gives the promise the outcome of the finished work.</summary>
    internal abstract void Answer(Task work);

    /// <summary>Fails the promise, unless it is answered.</summary>
    internal abstract Task Fail(Exception error);

    internal override void Run(Activation activation) => activation.Start(this);

    /// <summary>
    /// A method that throws before its first await must look like one that throws after it.
    /// </summary>
    internal Task InvokeGuarded(object grain)
    {
        try
        {
            return Invoke(grain) ?? throw new InvalidOperationException("A grain method returned no task.");
        }
        catch (Exception error)
        {
            return Faulted(error);
        }
    }

    /// <summary>Comes back to the activation's turn when the work ends.</summary>
    internal void Await(Activation target, Task work)
    {
        (_target, _work) = (target, work);
        work.GetAwaiter().UnsafeOnCompleted(Resume);
    }

    protected abstract Task Faulted(Exception error);

    private void Resume() => _target!.Finish(this, _work!);
}

/// <summary>A call without a result.</summary>
internal abstract class VoidRequest : Request
{
    private TaskCompletionSource? _promise;

    internal override Task Promise =>
        (_promise ??= new TaskCompletionSource(Asynchronously)).Task;

    internal override bool IsAnswered => _promise is { Task.IsCompleted: true };

    internal override void Answer(Task work) => _promise?.TrySetFromTask(work);

    internal override Task Fail(Exception error)
    {
        _ = Promise;
        _promise!.TrySetException(error);
        return _promise.Task;
    }

    protected override Task Faulted(Exception error) => Task.FromException(error);
}

/// <summary>A call with a result.</summary>
internal abstract class Request<TResult> : Request
{
    private TaskCompletionSource<TResult>? _promise;

    internal override Task Promise =>
        (_promise ??= new TaskCompletionSource<TResult>(Asynchronously)).Task;

    internal override bool IsAnswered => _promise is { Task.IsCompleted: true };

    internal override void Answer(Task work) => _promise?.TrySetFromTask((Task<TResult>)work);

    internal override Task Fail(Exception error)
    {
        _ = Promise;
        _promise!.TrySetException(error);
        return _promise.Task;
    }

    protected override Task Faulted(Exception error) => Task.FromException<TResult>(error);
}
