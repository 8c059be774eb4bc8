namespace MallVip.Grains.Journal;

/// <summary>
/// The dedupe index, and what happens when <c>index.db</c> is found damaged while the silo runs: the next
/// write replaces the file by an empty one, and its readers begin anew. Until the keys are there again, up to
/// where they were before, no key is said to be unknown: look-ups fail, so that writes are refused.
/// </summary>
public sealed partial class SqliteJournal
{
    private readonly List<string> _readersTables = [];
    private string? _lastDamage;
    private long _keysCovered;
    private long _keysReached;

    public string? KeysTrouble
    {
        get
        {
            var index = _index;
            if (IsWhole(index))
                return null;
            return $"index.db was damaged ({index.Damage ?? _lastDamage}) and is made anew from the journal: "
                + $"{Volatile.Read(ref _keysCovered)} of {Volatile.Read(ref _keysReached)} entries.";
        }
    }

    public ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default)
    {
        var index = _index;
        if (!IsWhole(index))
            throw new IndexRebuildingException(KeysTrouble ?? "index.db has just been made anew.");
        try
        {
            var pos = index.Keys.Find(key);
            // Asked after the look-up: an index that was replaced meanwhile is not whole by then.
            if (IsWhole(index))
                return new(pos);
        }
        catch (Exception failure) when (index.NoteDamage(failure) || index != _index)
        {
            throw new IndexRebuildingException(KeysTrouble ?? failure.Message, failure);
        }

        throw new IndexRebuildingException(KeysTrouble ?? "index.db has just been made anew.");
    }

    public ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default)
    {
        lock (_indexGate)
        {
            KeyRun? run = null;
            var moved = WriteIndex(file =>
            {
                if (!CheckpointTable.Move(file, move))
                    return false;
                if (keys.Count > 0)
                    run = _index.Keys.Write(file, keys);
                return true;
            });
            if (run is not null)
                _index.Keys.Show(run);
            if (moved)
                NoteKeys(move.Next.Pos);
            return new(moved);
        }
    }

    /// <summary>The index holds all keys up to a place. Under the index's lock. Who asks meanwhile reads the
    /// two in the other order, and never sees more reached than covered in an index that is whole.</summary>
    private void NoteKeys(long covered)
    {
        Volatile.Write(ref _keysCovered, covered);
        Volatile.Write(ref _keysReached, Math.Max(_keysReached, covered));
    }

    private bool IsWhole(IndexFile index) =>
        index == _index && index.Damage is null
        && Volatile.Read(ref _keysReached) <= Volatile.Read(ref _keysCovered);

    /// <summary>Merges runs, as long as the file stays the same: its parts mean nothing in another.</summary>
    private void Merge(IndexFile index)
    {
        try
        {
            index.Keys.Merge(write =>
            {
                lock (_indexGate)
                {
                    if (index != _index || index.Damage is not null)
                        throw new IndexRebuildingException("index.db was damaged during a merge.");
                    index.File.Transact(() => write(index.File));
                }
            });
        }
        catch (Exception failure) when (index.NoteDamage(failure))
        {
            throw new IndexRebuildingException("index.db was found damaged by a merge.", failure);
        }
    }

    private T WriteIndex<T>(Func<SqliteFile, T> write)
    {
        lock (_indexGate)
        {
            if (_index.Damage is not null)
                ReplaceIndex();
            var index = _index;
            T result = default!;
            try
            {
                index.File.Transact(() => result = write(index.File));
                return result;
            }
            catch (Exception failure) when (index.NoteDamage(failure))
            {
                throw new IndexRebuildingException("index.db was found damaged by a write.", failure);
            }
        }
    }

    // Nothing is said to be covered before the empty index is shown: who looked into it sees that after.
    private void ReplaceIndex()
    {
        var old = _index;
        _lastDamage = old.Damage;
        Volatile.Write(ref _keysCovered, _keysReached == 0 ? 0 : -1);
        old.Dispose();
        var index = new IndexFile(_directory, IndexSchema.Replace(_directory, _journalId));
        foreach (var sql in _readersTables)
            index.File.Execute(sql);
        _index = index;
        Volatile.Write(ref _headCheckpoint, 0);
    }
}
