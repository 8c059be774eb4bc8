namespace MallVip.Grains.Journal;

/// <summary>
/// The dedupe index: every key ever written, with its place. It lags behind the journal; callers ask
/// <see cref="KeyIndex"/>, which is exact.
/// </summary>
public interface IKeyStore
{
    /// <summary>Why keys cannot be looked up at present, for the operator; null: they can.</summary>
    string? KeysTrouble { get; }

    /// <summary>The lowest place of an entry with this key, up to the index's checkpoint; 0 when there is
    /// none. A miss touches no disk.</summary>
    /// <exception cref="IndexRebuildingException">The index was damaged and is made anew.</exception>
    ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default);

    /// <summary>On a shared store: up to where <see cref="FindKeyAsync"/> knew the index of all when it was
    /// opened. Who opened it tells it of later keys by <see cref="NoteKeys"/>.</summary>
    TailPosition KeysKnownTo => TailPosition.Start;

    /// <summary>Keys that stand in the journal and that another process may put into the index.</summary>
    void NoteKeys(IReadOnlyList<KeyAt> keys)
    {
    }

    /// <summary>The keys of a grain's newest entries, back to a position.</summary>
    ValueTask<IReadOnlyList<KeyAt>> KeysOfAsync(
        GrainKey grain, TailPosition after, CancellationToken cancel = default) =>
        new((IReadOnlyList<KeyAt>)[]);

    /// <summary>Adds keys and moves the reader's checkpoint in one transaction; false (nothing added) when
    /// the checkpoint is not where the move expects it.</summary>
    ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default);
}
