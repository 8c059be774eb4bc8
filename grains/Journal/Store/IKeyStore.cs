namespace MallVip.Grains.Journal;

/// <summary>
/// The dedupe index: every key ever written, with its place. It lags behind the journal; callers ask
/// <see cref="KeyIndex"/>, which is exact.
/// </summary>
public interface IKeyStore
{
    /// <summary>The lowest place of an entry with this key, up to the index's checkpoint; 0 when there is
    /// none. A miss touches no disk.</summary>
    ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default);

    /// <summary>Adds keys and moves the reader's checkpoint in one transaction; false (nothing added) when
    /// the checkpoint is not where the move expects it.</summary>
    ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default);
}
