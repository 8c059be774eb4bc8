using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

/// <summary>
/// Answers exactly, at any time in this process, whether a key was ever written: the index on disk, what was
/// written since its checkpoint, and what is being decided now. Thread-safe.
/// </summary>
public sealed class KeyIndex : ICommitObserver, IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly RecentKeys _recent = new();
    private readonly IKeyIndexer _indexer;

    private KeyIndex(IJournal journal, KeyIndexOptions options, TimeProvider time, ILogger log)
    {
        _journal = journal;
        _indexer = journal.IsShared
            ? new SharedKeyIndexer(journal, _recent, options, time, log)
            : new KeyIndexer(journal, _recent, options, time, log);
    }

    /// <summary>Keys held in memory now.</summary>
    public int Held => _recent.Count;

    /// <summary>Entries written and not indexed yet.</summary>
    public long Lag => _indexer.Lag;

    /// <summary>Keys that were found in two entries since the start: silos decided both at the same moment,
    /// and the log names them.</summary>
    public int Clashes => _indexer.Clashes;

    /// <summary>Why keys cannot be looked up at present; null: they can.</summary>
    public string? Trouble => _journal.KeysTrouble;

    /// <summary>Reads the keys above the index's checkpoint and is ready. Nothing may be written
    /// meanwhile.</summary>
    public static async ValueTask<KeyIndex> OpenAsync(
        IJournal journal, KeyIndexOptions? options, TimeProvider time, ILogger log,
        CancellationToken cancel = default)
    {
        var index = new KeyIndex(journal, options ?? KeyIndexOptions.For(journal), time, log);
        await index._indexer.RefillAsync(cancel);
        return index;
    }

    /// <summary>Starts the reader that carries keys from the journal's tail into the index.</summary>
    public void Start() => _indexer.Start();

    /// <summary>
    /// Takes a key for an event about to be decided. <see cref="KeyClaimKind.Reserved"/>: append a draft with
    /// this key (the writer settles the reservation) or <see cref="Release"/> it.
    /// </summary>
    public ValueTask<KeyClaim> ReserveAsync(EventKey key)
    {
        RefuseNone(key);
        var claim = _recent.Claim(key, reserve: true);
        return claim.Kind == KeyClaimKind.Reserved ? AskIndexAsync(key) : new ValueTask<KeyClaim>(claim);
    }

    /// <summary>Looks a key up without taking it.</summary>
    public async ValueTask<KeyClaim> FindAsync(EventKey key)
    {
        RefuseNone(key);
        var claim = _recent.Claim(key, reserve: false);
        if (claim.Kind != KeyClaimKind.None)
            return claim;
        var pos = await LookUpAsync(key);
        return pos > 0 ? new KeyClaim(KeyClaimKind.Written, pos, null) : default;
    }

    /// <summary>
    /// Takes in the newest keys of a grain that comes to life here, after its entries have been read: another
    /// process may have written them just now. What that one writes later meets the grain's fence.
    /// </summary>
    public async ValueTask LearnAsync(GrainKey grain, CancellationToken cancel)
    {
        if (!_journal.IsShared)
            return;
        foreach (var (key, pos) in await _journal.KeysOfAsync(grain, _indexer.Known, cancel))
            _recent.Written(key, pos);
    }

    /// <summary>Gives up a reservation for which nothing was appended; who waits for it asks again.</summary>
    public void Release(EventKey key) => _recent.Release(key, 0);

    /// <summary>Writes everything up to now into the index, for a clean stop and for tests.</summary>
    public ValueTask FlushAsync(CancellationToken cancel = default) => _indexer.FlushAsync(cancel);

    public ValueTask DisposeAsync() => _indexer.DisposeAsync();

    void ICommitObserver.OnCommitted(JournalBatch batch, ReadOnlySpan<long> places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var draft = batch.Entries[i];
            if (!draft.Key.IsNone)
                _recent.Written(draft.Key, places[i]);
            for (var extra = 0; extra < draft.ExtraKeys.Count; extra++)
                _recent.Written(draft.ExtraKeys[extra], places[i]);
        }
    }

    void ICommitObserver.OnFailed(EntryDraft draft, AppendFailedException error)
    {
        // A carried key was reserved by nobody; one in flight under it belongs to another draft.
        if (string.Equals(draft.Kind, EntryKinds.CarriedFrom, StringComparison.Ordinal))
            return;
        if (!draft.Key.IsNone)
            _recent.Release(draft.Key, 0);
        foreach (var key in draft.ExtraKeys)
            _recent.Release(key, 0);
    }

    // The reservation stands before the index is asked: a key that leaves the recent ones
    // is in the index by then.
    private async ValueTask<KeyClaim> AskIndexAsync(EventKey key)
    {
        long pos;
        try
        {
            pos = await LookUpAsync(key);
        }
        catch
        {
            _recent.Release(key, 0);
            throw;
        }

        if (pos == 0)
            return new KeyClaim(KeyClaimKind.Reserved, 0, null);
        _recent.Release(key, pos);
        return new KeyClaim(KeyClaimKind.Written, pos, null);
    }

    private async ValueTask<long> LookUpAsync(EventKey key)
    {
        try
        {
            return await _journal.FindKeyAsync(key);
        }
        catch (IndexRebuildingException)
        {
            _indexer.Rebuild();
            throw;
        }
    }

    private static void RefuseNone(EventKey key)
    {
        if (key.IsNone)
            throw new ArgumentException("The empty key is nobody's.", nameof(key));
    }
}
