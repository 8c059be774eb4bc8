using MallVip.Grains.Background;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>
/// The reader behind <see cref="KeyIndex"/> on a journal that several processes write to. Each follows the
/// keys of all and holds those that may not be in the index; who has the lease writes the index, and another
/// goes on with what it holds when that one is gone.
/// </summary>
internal sealed partial class SharedKeyIndexer(
    IJournal journal, RecentKeys recent, KeyIndexOptions options, TimeProvider time, ILogger log)
    : IKeyIndexer
{
    private static readonly TimeSpan FollowEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan IndexEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly BackgroundWork _work = new();
    private readonly Lock _gate = new();
    private readonly Queue<KeyPage> _held = [];
    private readonly KeyClashes _clashes = new(journal, log);
    private TailPosition _known = journal.KeysKnownTo;
    private long _indexedAt;

    public long Lag
    {
        get
        {
            lock (_gate)
                return _held.Sum(page => (long)page.Keys.Count);
        }
    }

    public int Clashes => _clashes.Count;

    public TailPosition Known
    {
        get
        {
            lock (_gate)
                return _known;
        }
    }

    public async ValueTask RefillAsync(CancellationToken cancel)
    {
        while (await FollowAsync(cancel))
            cancel.ThrowIfCancellationRequested();
    }

    public void Start() => _work.Start(RunAsync);

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await RefillAsync(cancel);
            await IndexAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The index is a table of the database: it is lost with the journal only.</summary>
    public void Rebuild()
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        _turn.Dispose();
    }

    private async Task RunAsync()
    {
        var stopping = _work.Stopping;
        while (true)
        {
            var rest = FollowEvery;
            try
            {
                if (await StepAsync(stopping))
                    continue;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !_work.IsEnd(failure))
            {
                Failed(log, failure);
                rest = IndexEvery;
            }

            await Task.Delay(rest, TimeProvider.System, stopping);
        }
    }

    /// <summary>True: there may be more at once.</summary>
    private async ValueTask<bool> StepAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var more = await FollowAsync(cancel);
            if (time.GetElapsedTime(_indexedAt) >= IndexEvery || Lag >= options.FlushEntries)
                await IndexAsync(cancel);
            return more;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes in the next page; false: there is none.</summary>
    private async ValueTask<bool> FollowAsync(CancellationToken cancel)
    {
        var page = await journal.TailKeysAsync(_known, options.PageEntries, cancel);
        if (page.Next == _known)
            return false;
        foreach (var (key, pos) in page.Keys)
        {
            var first = recent.Written(key, pos);
            // Before they are noted, hardly any key is asked for.
            await _clashes.NoteAsync(
                key, first == pos ? await journal.FindKeyAsync(key, cancel) : first, pos, cancel);
        }

        journal.NoteKeys(page.Keys);
        lock (_gate)
        {
            _held.Enqueue(page);
            _known = page.Next;
        }

        return true;
    }

    private async ValueTask IndexAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var checkpoint = await journal.LeaseCheckpointAsync(
            KeyIndexOptions.Reader, options.Owner, now, now + Lease, cancel);
        if (checkpoint is not null && _held.Count > 0)
            checkpoint = await WriteAsync(checkpoint, now + Lease, cancel);
        checkpoint ??= await journal.GetCheckpointAsync(KeyIndexOptions.Reader, cancel);
        if (checkpoint is not null)
            Forget(checkpoint.Position);
        _indexedAt = time.GetTimestamp();
    }

    /// <summary>Whatever stands behind the checkpoint is held here: nobody forgets more than the index
    /// has.</summary>
    private async ValueTask<Checkpoint?> WriteAsync(
        Checkpoint checkpoint, DateTimeOffset until, CancellationToken cancel)
    {
        if (_known <= checkpoint.Position)
            return checkpoint;
        var move = new CheckpointMove(
            KeyIndexOptions.Reader, checkpoint.Epoch, checkpoint.Position, _known, until);
        return await journal.AddKeysAsync([.. _held.SelectMany(page => page.Keys)], move, cancel)
            ? checkpoint with { Position = _known }
            : null;
    }

    private void Forget(TailPosition indexed)
    {
        recent.Trim();
        while (_held.TryPeek(out var page) && page.Next <= indexed)
        {
            recent.Forget(page.Keys);
            lock (_gate)
                _held.Dequeue();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The keys of new events could not be followed; trying again")]
    private static partial void Failed(ILogger log, Exception failure);
}
