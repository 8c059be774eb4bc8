using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Simulation;

/// <summary>
/// A store that fails by a seed: before a commit, after it, unable to tell for a while, or for good, as when
/// the process dies. What is written after its death never reaches the store behind it, which outlives the
/// engine.
/// </summary>
internal sealed class UnreliableJournal(IJournal inner, int seed) : ForwardingJournal(inner, owns: false)
{
    private readonly Random _random = new(seed);
    private readonly SemaphoreSlim _writes = new(1);
    private int _untilDeath = int.MaxValue;
    private int _untellable;

    /// <summary>The process is dead: no answer it gives from now on counts.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Share of appends that fail and pass. 0 to 1; default 0.</summary>
    public double FaultRate { get; set; }

    /// <summary>Dies in the append after so many.</summary>
    public void DieAfter(int appends) => _untilDeath = appends;

    /// <summary>Dies now, after the write at hand.</summary>
    public async Task DieAsync()
    {
        await _writes.WaitAsync();
        IsDead = true;
        _writes.Release();
    }

    public override async ValueTask<long[]> AppendBatchAsync(
        JournalBatch batch, CancellationToken cancel = default)
    {
        await _writes.WaitAsync(cancel);
        try
        {
            ThrowIfDead();
            return await AppendAsync(batch, cancel);
        }
        finally
        {
            _writes.Release();
        }
    }

    public override ValueTask<long[]?> ResolveBatchAsync(
        JournalBatch batch, CancellationToken cancel = default)
    {
        // A dead process learns nothing more; "not written" lets its calls end, and what they say is not
        // listened to.
        if (IsDead)
            return new((long[]?)null);
        return _untellable-- > 0
            ? throw new IOException("The disk still fails.")
            : Inner.ResolveBatchAsync(batch, cancel);
    }

    public override async ValueTask PutInboxAsync(
        IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default) =>
        await WriteAsync(() => WriteInboxAsync(() => Inner.PutInboxAsync(rows, cancel)));

    public override async ValueTask SettleInboxAsync(
        IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default) =>
        await WriteAsync(() => WriteInboxAsync(() => Inner.SettleInboxAsync(ends, cancel)));

    public override async ValueTask ForgetRefusalsAsync(
        DateTimeOffset before, CancellationToken cancel = default) =>
        await WriteAsync(() => WriteInboxAsync(() => Inner.ForgetRefusalsAsync(before, cancel)));

    public override ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default) =>
        WriteAsync(() => Inner.AddKeysAsync(keys, move, cancel));

    public override ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default) =>
        WriteAsync(() => Inner.ClaimDueAsync(now, max, claimUntil, held, cancel));

    public override async ValueTask SaveSnapshotsAsync(
        IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default) =>
        await WriteAsync(async () =>
        {
            await Inner.SaveSnapshotsAsync(snapshots, cancel);
            return true;
        });

    private async ValueTask<long[]> AppendAsync(JournalBatch batch, CancellationToken cancel)
    {
        var dies = _untilDeath-- <= 0;
        var fails = dies || _random.NextDouble() < FaultRate;
        var afterCommit = fails && _random.Next(2) == 0;
        if (fails && !afterCommit)
            throw Fault(dies);
        var places = await Inner.AppendBatchAsync(batch, cancel);
        if (!fails)
            return places;
        _untellable = _random.Next(3) == 0 ? 1 : 0;
        throw Fault(dies);
    }

    private async ValueTask<bool> WriteInboxAsync(Func<ValueTask> write)
    {
        var dies = _untilDeath-- <= 0;
        var fails = dies || _random.NextDouble() < FaultRate;
        if (fails && _random.Next(2) == 0)
            throw Fault(dies);
        await write();
        return fails ? throw Fault(dies) : true;
    }

    private IOException Fault(bool dies)
    {
        IsDead |= dies;
        return new(dies ? "The process died." : "The disk failed.");
    }

    private async ValueTask<T> WriteAsync<T>(Func<ValueTask<T>> write)
    {
        await _writes.WaitAsync();
        try
        {
            ThrowIfDead();
            return await write();
        }
        finally
        {
            _writes.Release();
        }
    }

    private void ThrowIfDead()
    {
        if (IsDead)
            throw new IOException("The process is dead.");
    }
}
