using System.Threading.Tasks.Sources;

namespace MallVip.Grains.Journal;

/// <summary>A draft in the writer's queue and the caller's wait for it; pooled, so that an append allocates
/// no task.</summary>
internal sealed class PendingAppend : IValueTaskSource<Appended>
{
    private readonly PendingPool _pool;
    private ManualResetValueTaskSourceCore<Appended> _core = new() { RunContinuationsAsynchronously = true };

    public PendingAppend(PendingPool pool) => _pool = pool;

    public EntryDraft Draft { get; set; } = null!;

    /// <summary>Its number among all drafts that were taken, from 1.</summary>
    public long Number { get; set; }

    public ValueTask<Appended> Task => new(this, _core.Version);

    public void Succeed(long pos) => _core.SetResult(new Appended(pos));

    public void Fail(Exception error) => _core.SetException(error);

    /// <summary>Goes back to the pool unused: nobody waits for it.</summary>
    public void Abandon()
    {
        Draft = null!;
        _pool.Return(this);
    }

    public Appended GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Draft = null!;
            _core.Reset();
            _pool.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
