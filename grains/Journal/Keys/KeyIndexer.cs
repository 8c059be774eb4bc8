using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>The tail reader behind <see cref="KeyIndex"/>: many entries' keys in one write of the
/// index.</summary>
internal sealed partial class KeyIndexer(
    IJournal journal, RecentKeys recent, KeyIndexOptions options, TimeProvider time, ILogger log)
    : TailLoop(
        journal,
        new TailReaderOptions { Id = KeyIndexOptions.Reader, Owner = options.Owner },
        time, log), IKeyIndexer
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _lost = new(0, 1);
    private readonly ILogger _log = log;

    /// <summary>The keys of one write, guarded by <see cref="_turn"/>. It stays: an array of this size lies
    /// among the large objects, which only a full collection takes back.</summary>
    private readonly List<KeyAt> _keys = [];
    private long _reached;

    /// <summary>Nobody else writes: all of them.</summary>
    public TailPosition Known => new(long.MaxValue, long.MaxValue, long.MaxValue);

    /// <summary>The index was lost: its checkpoint is leased anew, and all up to where it was is indexed at
    /// once.</summary>
    public void Rebuild()
    {
        if (_lost.CurrentCount > 0)
            return;
        try
        {
            _lost.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has said so at this moment.
        }
    }

    /// <summary>Fills the recent keys from the tail above the checkpoint.</summary>
    public async ValueTask RefillAsync(CancellationToken cancel)
    {
        var checkpoint = await LeaseAsync(cancel);
        recent.Indexed(checkpoint.Position.Pos, []);
        _reached = checkpoint.Position.Pos;
        var position = checkpoint.Position;
        while (true)
        {
            var page = await Journal.TailKeysAsync(position, options.PageEntries, cancel);
            foreach (var (key, pos) in page.Keys)
                recent.Written(key, pos);
            if (page.Next == position)
                return;
            position = page.Next;
        }
    }

    /// <summary>Indexes everything committed up to now.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        var target = Journal.Commits.Pos;
        while (true)
        {
            var checkpoint = await LeaseAsync(cancel);
            if (checkpoint.Position.Pos >= target)
                break;
            // A database that was restored may end before what this process saw.
            if (await IndexAsync(checkpoint, cancel) == checkpoint.Position)
                break;
        }

        await Journal.MaintainAsync(cancel);
    }

    protected override long WakeAt(TailPosition position) => position.Pos + options.FlushEntries;

    protected override async ValueTask<TailPosition?> StepAsync(
        Checkpoint checkpoint, CancellationToken cancel)
    {
        if (await _lost.WaitAsync(TimeSpan.Zero, cancel) && Journal.KeysTrouble is { } trouble)
        {
            LogLost(_log, trouble);
            return null;
        }

        var behind = checkpoint.Position.Pos < _reached;
        if (!behind && Journal.Commits.Pos < WakeAt(checkpoint.Position))
            return checkpoint.Position;
        var next = await IndexAsync(checkpoint, cancel);
        if (behind && next?.Pos >= _reached)
            LogWhole(_log, next.Value.Pos);
        await Journal.MaintainAsync(cancel);
        return next;
    }

    protected override async Task IdleAsync(TailPosition position, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var commit = base.IdleAsync(position, either.Token);
        var lost = _lost.WaitAsync(either.Token);
        await Task.WhenAny(commit, lost);
        await either.CancelAsync();
        await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await lost.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (lost.IsCompletedSuccessfully)
            Rebuild();
        cancel.ThrowIfCancellationRequested();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _turn.Dispose();
        _lost.Dispose();
    }

    private async ValueTask<TailPosition?> IndexAsync(Checkpoint checkpoint, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _keys.Clear();
            var position = checkpoint.Position;
            while (position.Pos - checkpoint.Position.Pos < options.FlushEntries)
            {
                var page = await Journal.TailKeysAsync(position, options.PageEntries, cancel);
                if (page.Next == position)
                    break;
                _keys.AddRange(page.Keys);
                position = page.Next;
            }

            if (!await Journal.AddKeysAsync(_keys, MoveTo(checkpoint, position), cancel))
                return null;
            recent.Indexed(position.Pos, _keys);
            _reached = Math.Max(_reached, position.Pos);
            return position;
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Writes are refused meanwhile: {Trouble}")]
    private static partial void LogLost(ILogger log, string trouble);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "index.db holds all keys again, up to entry {Pos}; writes go on")]
    private static partial void LogWhole(ILogger log, long pos);
}
