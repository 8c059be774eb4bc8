using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>What all readers of the whole journal share: the lease, the loop, waiting for commits, and going
/// on after a failure. A reader never skips: a page that fails is tried again until it succeeds.</summary>
public abstract partial class TailLoop : IAsyncDisposable
{
    private readonly TailReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private long _pos;

    protected TailLoop(IJournal journal, TailReaderOptions options, TimeProvider time, ILogger log)
    {
        Journal = journal;
        _options = options;
        _time = time;
        _log = log;
    }

    /// <summary>Its name.</summary>
    public string Name => _options.Id.Name;

    /// <summary>The place up to which everything is done.</summary>
    public long Position => Volatile.Read(ref _pos);

    /// <summary>Entries committed and not done yet.</summary>
    public long Lag => Math.Max(0, Journal.Commits.Pos - Position);

    /// <summary>What the last attempt failed with; null when it succeeded.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>The journal it reads.</summary>
    protected IJournal Journal { get; }

    /// <summary>Starts the loop, once.</summary>
    public void Start() => _loop = Task.Factory.StartNew(
        () => RunAsync(_stop.Token), _stop.Token, TaskCreationOptions.None, TaskScheduler.Default).Unwrap();

    /// <summary>Ends the loop after the page at hand.</summary>
    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the loop; what overrides adds comes after it.</summary>
    protected virtual async ValueTask DisposeAsyncCore()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Does the next page and moves the checkpoint.</summary>
    /// <returns>The new position; the old one when there was nothing to do; null when the checkpoint was
    /// moved by somebody else, so that it must be leased anew.</returns>
    protected abstract ValueTask<TailPosition?> StepAsync(Checkpoint checkpoint, CancellationToken cancel);

    /// <summary>The place whose commit ends an idle wait. Default: the next one.</summary>
    protected virtual long WakeAt(TailPosition position) => position.Pos + 1;

    /// <summary>Waits for something to do.</summary>
    protected virtual Task IdleAsync(TailPosition position, CancellationToken cancel) => Journal.IsShared
        ? Task.Delay(_options.LookEvery, TimeProvider.System, cancel)
        : Journal.Commits.WaitForAsync(WakeAt(position), cancel);

    /// <summary>Takes the lease, waiting while another holds it.</summary>
    protected async ValueTask<Checkpoint> LeaseAsync(CancellationToken cancel)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            var lease = await Journal.LeaseCheckpointAsync(
                _options.Id, _options.Owner, now, now + _options.Lease, cancel);
            if (lease is not null)
            {
                Volatile.Write(ref _pos, lease.Position.Pos);
                return lease;
            }

            var held = await Journal.GetCheckpointAsync(_options.Id, cancel);
            var wait = held is null || held.Until <= now ? _options.RetryAfter : held.Until - now;
            await Task.Delay(wait, _time, cancel);
        }
    }

    /// <summary>The move from a leased checkpoint to a position, with the lease renewed.</summary>
    protected CheckpointMove MoveTo(Checkpoint checkpoint, TailPosition next) =>
        new(_options.Id, checkpoint.Epoch, checkpoint.Position, next, _time.GetUtcNow() + _options.Lease);

    private async Task RunAsync(CancellationToken cancel)
    {
        Checkpoint? checkpoint = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                checkpoint = await AdvanceAsync(checkpoint ?? await LeaseAsync(cancel), cancel);
                LastError = null;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                LastError = error;
                LogPageFailed(_log, Name, Position, error);
                checkpoint = null;
                await Task.Delay(_options.RetryAfter, _time, cancel).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask<Checkpoint?> AdvanceAsync(Checkpoint checkpoint, CancellationToken cancel)
    {
        if (await StepAsync(checkpoint, cancel) is not { } next)
            return null;
        Volatile.Write(ref _pos, next.Pos);
        if (next != checkpoint.Position)
            return checkpoint with { Position = next };
        await IdleAsync(next, cancel);
        return checkpoint;
    }
}
