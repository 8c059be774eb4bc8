namespace MallVip.Grains.Tests.Runtime;

/// <summary>A grain whose calls can be held half-way and seen from outside.</summary>
internal interface IProbeGrain : IGrainWithStringKey
{
    Task<int> Increment();
    ValueTask<int> Count();
    Task Wait(Hold hold);
    [ReadOnly] Task<int> Read(Hold hold);
    [AlwaysInterleave] Task<int> Peek(Hold hold);
    [AlwaysInterleave] ValueTask Touch();
    Task Throw(bool afterAwait);
    Task<string> WhoAmI();
    Task End();
    Task Keep(TimeSpan span);
    Task<int> CallOther(string other);
    Task CallInCircle(string other, Hold hold);
    Task<bool> ReturnsToItsTurn();
}

/// <summary>
/// A gate that a test opens, and a sign that the call stands before it. It cannot leave the process.
/// </summary>
[Immutable]
internal sealed class Hold
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Entered => _entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public bool IsEntered => _entered.Task.IsCompleted;

    public static Hold Opened()
    {
        var hold = new Hold();
        hold.Open();
        return hold;
    }

    public void Open() => _open.TrySetResult();

    public Task Pass()
    {
        _entered.TrySetResult();
        return _open.Task;
    }
}

internal sealed class ProbeGrain(ProbeLog log) : Grain, IProbeGrain
{
    private int _count;
    private int _inside;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Activated(this.GetPrimaryKeyString());
        return log.HoldActivation(this.GetPrimaryKeyString());
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason, CancellationToken cancellationToken)
    {
        await log.HoldDeactivation(this.GetPrimaryKeyString());
        log.Deactivated(this.GetPrimaryKeyString(), reason.ReasonCode, _count);
    }

    public async Task<int> Increment()
    {
        if (Interlocked.Increment(ref _inside) != 1)
            throw new InvalidOperationException("Two threads in one grain.");
        var before = log.SavedCount(this.GetPrimaryKeyString()) + _count;
        Interlocked.Decrement(ref _inside);
        await Task.Yield();
        _count = before + 1 - log.SavedCount(this.GetPrimaryKeyString());
        return before + 1;
    }

    public ValueTask<int> Count() => new(log.SavedCount(this.GetPrimaryKeyString()) + _count);

    public Task Wait(Hold hold) => hold.Pass();

    public async Task<int> Read(Hold hold)
    {
        await hold.Pass();
        return _count;
    }

    public async Task<int> Peek(Hold hold)
    {
        await hold.Pass();
        return _count;
    }

    public ValueTask Touch() => ValueTask.CompletedTask;

    public async Task Throw(bool afterAwait)
    {
        if (afterAwait)
            await Task.Yield();
        throw new FormatException("on purpose");
    }

    public Task<string> WhoAmI() => Task.FromResult(this.GetPrimaryKeyString());

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Keep(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public async Task<int> CallOther(string other)
    {
        var sum = 0;
        for (var i = 0; i < 3; i++)
            sum += await GrainFactory.GetGrain<IProbeGrain>(other).Increment();
        return sum;
    }

    public async Task CallInCircle(string other, Hold hold)
    {
        await hold.Pass();
        var next = GrainFactory.GetGrain<IProbeGrain>(other);
        await next.CallInCircle(this.GetPrimaryKeyString(), Hold.Opened());
    }

    public async Task<bool> ReturnsToItsTurn()
    {
        var turn = SynchronizationContext.Current;
        var scheduler = TaskScheduler.Current;
        await Task.Yield();
        var stayed = ReferenceEquals(turn, SynchronizationContext.Current)
            && ReferenceEquals(scheduler, TaskScheduler.Current);
        await Task.Yield().AsTask().ConfigureAwait(false);
        var left = SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;
        return stayed && left;
    }
}

/// <summary>Calls interleave because the class says so.</summary>
internal interface IReentrantGrain : IGrainWithStringKey
{
    Task Wait(Hold hold);
    Task<int> CallBack(string self, int depth);
}

[Reentrant]
internal sealed class ReentrantGrain : Grain, IReentrantGrain
{
    public Task Wait(Hold hold) => hold.Pass();

    public async Task<int> CallBack(string self, int depth) => depth == 0
        ? 0
        : 1 + await GrainFactory.GetGrain<IReentrantGrain>(self).CallBack(self, depth - 1);
}

/// <summary>A grain with a timer.</summary>
internal interface ITickingGrain : IGrainWithStringKey
{
    Task Start(TimeSpan due, TimeSpan period, bool keepAlive);
    Task ThrowOnTick();
    Task Stop();
    Task End();
    Task<int> Ticks();
    Task ChangeOnTick(TimeSpan due, TimeSpan period);
}

internal sealed class TickingGrain : Grain, ITickingGrain
{
    private IGrainTimer? _timer;
    private int _ticks;
    private bool _throws;
    private (TimeSpan Due, TimeSpan Period)? _change;

    public Task Start(TimeSpan due, TimeSpan period, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            static (grain, _) => grain.Tick(), this,
            new GrainTimerCreationOptions { DueTime = due, Period = period, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task ThrowOnTick()
    {
        _throws = true;
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ChangeOnTick(TimeSpan due, TimeSpan period)
    {
        _change = (due, period);
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    private async Task Tick()
    {
        var ticks = _ticks;
        await Task.Yield();
        _ticks = ticks + 1;
        if (_change is { } change)
            _timer!.Change(change.Due, change.Period);
        _change = null;
        if (_throws)
            throw new FormatException("on purpose");
    }
}

internal static class YieldExtensions
{
    /// <summary>A task for what the language only lets await.</summary>
    public static async Task AsTask(this System.Runtime.CompilerServices.YieldAwaitable yield) => await yield;
}
