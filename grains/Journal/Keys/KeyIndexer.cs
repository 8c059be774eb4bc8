using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>The tail reader behind <see cref="KeyIndex"/>: many entries' keys in one write of the
/// index.</summary>
internal sealed class KeyIndexer(
    IJournal journal, RecentKeys recent, KeyIndexOptions options, TimeProvider time, ILogger log)
    : TailLoop(
        journal,
        new TailReaderOptions { Id = new ReaderId("keys", CheckpointHome.Index), Owner = options.Owner },
        time, log)
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Fills the recent keys from the tail above the checkpoint.</summary>
    public async ValueTask RefillAsync(CancellationToken cancel)
    {
        var checkpoint = await LeaseAsync(cancel);
        recent.Indexed(checkpoint.Position.Pos, []);
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
            await IndexAsync(checkpoint, cancel);
        }

        await Journal.MaintainAsync(cancel);
    }

    protected override long WakeAt(TailPosition position) => position.Pos + options.FlushEntries;

    protected override async ValueTask<TailPosition?> StepAsync(
        Checkpoint checkpoint, CancellationToken cancel)
    {
        if (Journal.Commits.Pos < WakeAt(checkpoint.Position))
            return checkpoint.Position;
        var next = await IndexAsync(checkpoint, cancel);
        await Journal.MaintainAsync(cancel);
        return next;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _turn.Dispose();
    }

    private async ValueTask<TailPosition?> IndexAsync(Checkpoint checkpoint, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var keys = new List<KeyAt>(options.FlushEntries);
            var position = checkpoint.Position;
            while (position.Pos - checkpoint.Position.Pos < options.FlushEntries)
            {
                var page = await Journal.TailKeysAsync(position, options.PageEntries, cancel);
                if (page.Next == position)
                    break;
                keys.AddRange(page.Keys);
                position = page.Next;
            }

            if (!await Journal.AddKeysAsync(keys, MoveTo(checkpoint, position), cancel))
                return null;
            recent.Indexed(position.Pos, keys);
            return position;
        }
        finally
        {
            _turn.Release();
        }
    }
}
