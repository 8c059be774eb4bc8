namespace MallVip.Grains.Journal;

/// <summary>
/// The storage seam. One store (memory, SQLite, PostgreSQL) is one class; the writer, the key index and the
/// tail readers stand above it and know none by name. All members are thread-safe.
/// </summary>
public interface IJournal
    : IJournalReader, ISnapshotStore, IDueStore, ICheckpointStore, IPersonStore, IKeyStore, IInboxStore,
        ISharing
{
    /// <summary>Into how many shares the grains are dealt, for those who go through all of them.</summary>
    const int Shares = 256;

    /// <summary>This process's writer number, its last batch and root: where the next batch goes
    /// on.</summary>
    ValueTask<BatchRoot> WriterStateAsync(CancellationToken cancel = default);

    /// <summary>
    /// Commits a batch durably: entries, its root, due and person rows, all in one transaction. Called by one
    /// writer, one batch at a time. On return <see cref="IJournalReader.Commits"/> has advanced.
    /// </summary>
    /// <returns>The place of each entry, in the batch's order.</returns>
    /// <exception cref="JournalConflictException">Known failure: nothing is written; it names the grains
    /// whose seq is not the next one.</exception>
    /// <exception cref="Exception">Anything else: the outcome is unknown until
    /// <see cref="ResolveBatchAsync"/> has answered.</exception>
    ValueTask<long[]> AppendBatchAsync(JournalBatch batch, CancellationToken cancel = default);

    /// <summary>
    /// After a failed append: the places of the batch's entries if it is durably there after all, null if it
    /// is not and never will be. Throws while that cannot be told.
    /// </summary>
    ValueTask<long[]?> ResolveBatchAsync(JournalBatch batch, CancellationToken cancel = default);

    /// <summary>The grain's committed place, if this store keeps all heads in memory (then a grain without
    /// entries gives seq 0); false on a store that must ask.</summary>
    bool TryGetHead(GrainKey grain, out HeadPlace head);

    /// <summary>Behind all that is committed and settled now, for who follows what comes.</summary>
    ValueTask<TailPosition> EndAsync(CancellationToken cancel = default) =>
        new(TailPosition.At(Commits.Pos));

    /// <summary>Writes a setting, durably.</summary>
    ValueTask SetMetaAsync(string name, string value, CancellationToken cancel = default);

    /// <summary>Archives a rule version, durably. Saving the same version again changes nothing.</summary>
    ValueTask SaveRulesAsync(RulesVersionRow row, CancellationToken cancel = default);

    /// <summary>Whether the store answers and, when the last append failed, whether it takes writes
    /// again.</summary>
    /// <exception cref="JournalException">It does not; the message says why.</exception>
    ValueTask CheckAsync(CancellationToken cancel = default) => ValueTask.CompletedTask;

    /// <summary>Housekeeping at a quiet moment (head checkpoint); called by background readers after a
    /// page.</summary>
    ValueTask MaintainAsync(CancellationToken cancel = default);
}
