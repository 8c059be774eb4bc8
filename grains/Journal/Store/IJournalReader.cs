namespace MallVip.Grains.Journal;

/// <summary>The reading half of the storage seam: what `verify` and the other commands need.
/// Thread-safe.</summary>
public interface IJournalReader : IAsyncDisposable
{
    /// <summary>How far the journal is committed, and the means to wait for more without polling. A store
    /// opened for reading beside a running silo does not hear of new commits: it pages until a page is
    /// empty.</summary>
    CommitSignal Commits { get; }

    /// <summary>The grain's newest committed entry; <see cref="JournalHead.Empty"/> when it has
    /// none.</summary>
    ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default);

    /// <summary>A grain's committed entries with a seq above <paramref name="afterSeq"/>, oldest
    /// first.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default);

    /// <summary>What a grain has decided, oldest first, for who goes through many grains: as stores may do it
    /// without copying rows.</summary>
    /// <param name="read">Is called for each row, in no order.</param>
    async ValueTask<IReadOnlyList<T>> ReadDecidedAsync<T>(
        GrainKey grain, DecidedReading<T> read, CancellationToken cancel = default)
    {
        var found = new List<T>();
        foreach (var entry in await ReadAsync(grain, 0, cancel))
            found.Add(read(new()
            {
                Pos = entry.Pos,
                Seq = entry.Seq,
                At = entry.At,
                Actor = entry.Actor,
                RulesVersion = entry.RulesVersion,
                Body = entry.Body.Span,
            }));
        return found;
    }

    /// <summary>
    /// The grains of one share that have entries, in no order. A grain stays in its share for the life of the
    /// journal; a new one may or may not be among them while it is being written.
    /// </summary>
    /// <param name="share">0 to <see cref="IJournal.Shares"/> - 1.</param>
    ValueTask<IReadOnlyList<GrainKey>> GrainsAsync(int share, CancellationToken cancel = default);

    /// <summary>The entry at a place; null when there is none.</summary>
    ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default);

    /// <summary>At most <paramref name="max"/> entries of all grains after a place, in the journal's order,
    /// in one short transaction.</summary>
    ValueTask<TailPage> TailAsync(TailPosition after, int max, CancellationToken cancel = default);

    /// <summary>As <see cref="TailAsync"/>, the keys only; <paramref name="max"/> counts entries.</summary>
    ValueTask<KeyPage> TailKeysAsync(TailPosition after, int max, CancellationToken cancel = default);

    /// <summary>At most <paramref name="max"/> roots of one writer with a number above
    /// <paramref name="afterBatch"/>, by number.</summary>
    ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default);

    /// <summary>The last root of every writer, by writer.</summary>
    ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default);

    /// <summary>A stored setting; null when it is not set.</summary>
    ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default);

    /// <summary>An archived rule version; null when it is unknown.</summary>
    ValueTask<RulesVersionRow?> LoadRulesAsync(string version, CancellationToken cancel = default);
}
