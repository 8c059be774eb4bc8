using Microsoft.Data.Sqlite;

namespace MallVip.Grains.Journal;

public sealed partial class SqliteJournal
{
    private readonly Lock _mergeGate = new();

    /// <summary>Keys in the dedupe index.</summary>
    public long IndexedKeys => _keys.Count;

    public ValueTask<Snapshot?> LoadSnapshotAsync(
        GrainKey grain, int schema, CancellationToken cancel = default) =>
        new(_indexPool.Read(file =>
        {
            var row = file["SELECT seq, state FROM snapshot WHERE grain = ?1 AND schema = ?2"]
                .Bind(1, grain).Bind(2, schema);
            if (!row.Step())
                return null;
            var found = new Snapshot(grain, row.Int64(0), schema, row.Blob(1).ToArray());
            row.Reset();
            return found;
        }));

    public ValueTask SaveSnapshotsAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default)
    {
        WriteIndex(file =>
        {
            foreach (var snapshot in snapshots)
            {
                file["INSERT OR REPLACE INTO snapshot(grain, seq, schema, state) VALUES(?1, ?2, ?3, ?4)"]
                    .Bind(1, snapshot.Grain).Bind(2, snapshot.Seq).Bind(3, snapshot.Schema)
                    .Bind(4, snapshot.State.Span).Run();
            }

            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default) =>
        new(_keys.Find(key));

    public ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default)
    {
        KeyRun? run = null;
        var moved = WriteIndex(file =>
        {
            if (!CheckpointTable.Move(file, move))
                return false;
            if (keys.Count > 0)
                run = _keys.Write(file, keys);
            return true;
        });
        if (run is not null)
            _keys.Show(run);
        return new(moved);
    }

    public ValueTask MaintainAsync(CancellationToken cancel = default)
    {
        var behind = Volatile.Read(ref _lastPos) - Volatile.Read(ref _headCheckpoint);
        if (behind >= _options.HeadCheckpointEntries)
            CheckpointHeads();
        lock (_mergeGate)
            _keys.Merge(write => WriteIndex(file =>
            {
                write(file);
                return true;
            }));
        lock (_journalGate)
            _journal.ShrinkWal(_options.MaxWalBytes);
        lock (_indexGate)
            _index.ShrinkWal(_options.MaxWalBytes);
        return ValueTask.CompletedTask;
    }

    /// <summary>Creates a reader's own tables in <c>index.db</c>; the SQL must do nothing when they are
    /// there.</summary>
    public void EnsureIndexTables(string sql)
    {
        lock (_indexGate)
            _index.Execute(sql);
    }

    /// <summary>Writes a reader's output and moves its checkpoint in one transaction: exactly once. Commands
    /// on the connection must not set a transaction of their own.</summary>
    /// <returns>False when the checkpoint is not where the move expects it: nothing was written.</returns>
    public ValueTask<bool> WriteIndexAsync(Action<SqliteConnection> write, CheckpointMove move) =>
        new(WriteIndex(file =>
        {
            if (!CheckpointTable.Move(file, move))
                return false;
            write(file.Connection);
            return true;
        }));

    /// <summary>Reads views in <c>index.db</c> on a connection of the pool, beside the writer.</summary>
    public T ReadIndex<T>(Func<SqliteConnection, T> read) => _indexPool.Read(file => read(file.Connection));

    private void CheckpointHeads()
    {
        var pos = Volatile.Read(ref _lastPos);
        if (pos == Volatile.Read(ref _headCheckpoint))
            return;
        var hash = Reads.HashAt(pos);
        WriteIndex(file =>
        {
            HeadPages.Save(file, _heads, pos, hash);
            return true;
        });
        Volatile.Write(ref _headCheckpoint, pos);
    }

    private T WriteIndex<T>(Func<SqliteFile, T> write)
    {
        T result = default!;
        lock (_indexGate)
            _index.Transact(() => result = write(_index));
        return result;
    }
}
