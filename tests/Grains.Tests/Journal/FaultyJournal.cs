using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

/// <summary>A store that fails chosen appends, before or after they are committed, and can be held
/// up.</summary>
internal sealed class FaultyJournal(IJournal inner) : ForwardingJournal(inner)
{
    private readonly SemaphoreSlim _gate = new(1);
    private int _failures;
    private bool _afterCommit;
    private int _resolveFailures;
    private int _inboxFailures;

    /// <summary>Batches that were tried.</summary>
    public List<JournalBatch> Tried { get; } = [];

    /// <summary>The batch that was tried last.</summary>
    public JournalBatch Newest
    {
        get
        {
            lock (Tried)
                return Tried[^1];
        }
    }

    /// <summary>Heads are not known in memory, as on a store that must ask.</summary>
    public bool HidesHeads { get; init; }

    /// <summary>Set by each append that has begun since the last <see cref="Hold"/>.</summary>
    public SemaphoreSlim Begun { get; } = new(0);

    /// <summary>Fails the next appends, nothing written.</summary>
    public void FailBefore(int appends = 1) => (_failures, _afterCommit) = (appends, false);

    /// <summary>Commits the next appends and fails all the same; the store cannot tell for some
    /// asks.</summary>
    public void FailAfter(int appends = 1, int untellable = 0) =>
        (_failures, _afterCommit, _resolveFailures) = (appends, true, untellable);

    /// <summary>Commits the next writes of the inbox and fails all the same.</summary>
    public void FailInboxAfter(int writes = 1) => _inboxFailures = writes;

    /// <summary>Holds every append up until <see cref="Release"/>.</summary>
    public void Hold()
    {
        _gate.Wait();
        while (Begun.Wait(0))
            continue;
    }

    public void Release() => _gate.Release();

    public override async ValueTask<long[]> AppendBatchAsync(
        JournalBatch batch, CancellationToken cancel = default)
    {
        lock (Tried)
            Tried.Add(batch);
        Begun.Release();
        await _gate.WaitAsync(cancel);
        _gate.Release();
        var fails = _failures > 0;
        if (fails)
            _failures--;
        if (fails && !_afterCommit)
            throw new IOException("The disk failed.");
        var places = await Inner.AppendBatchAsync(batch, cancel);
        return fails ? throw new IOException("The disk failed late.") : places;
    }

    public override ValueTask<long[]?> ResolveBatchAsync(
        JournalBatch batch, CancellationToken cancel = default) =>
        Interlocked.Decrement(ref _resolveFailures) >= 0
            ? throw new IOException("The disk still fails.")
            : Inner.ResolveBatchAsync(batch, cancel);

    public override async ValueTask PutInboxAsync(
        IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default)
    {
        await Inner.PutInboxAsync(rows, cancel);
        FailInbox();
    }

    public override async ValueTask SettleInboxAsync(
        IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default)
    {
        await Inner.SettleInboxAsync(ends, cancel);
        FailInbox();
    }

    public override bool TryGetHead(GrainKey grain, out HeadPlace head)
    {
        head = default;
        return !HidesHeads && base.TryGetHead(grain, out head);
    }

    private void FailInbox()
    {
        if (Interlocked.Decrement(ref _inboxFailures) >= 0)
            throw new IOException("The disk failed late.");
    }
}
