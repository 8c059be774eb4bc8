using Microsoft.Data.Sqlite;

namespace MallVip.Grains.Journal;

public sealed partial class SqliteJournal
{
    private readonly Lock _mergeGate = new();

    /// <summary>Keys in the dedupe index.</summary>
    public long IndexedKeys => _index.Keys.Count;

    /// <summary>What was written just now comes from memory.</summary>
    public override ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default) =>
        _written.TryTake(after, max, out var page)
            ? new(page)
            : base.TailKeysAsync(after, max, cancel);

    public ValueTask<Snapshot?> LoadSnapshotAsync(
        GrainKey grain, int schema, CancellationToken cancel = default) =>
        new(LoadSnapshot(file => SnapshotTable.Load(file, grain, schema)));

    public ValueTask<Snapshot?> LoadMilestoneAsync(
        GrainKey grain, int schema, long atMost, CancellationToken cancel = default) =>
        new(LoadSnapshot(file => SnapshotTable.LoadMilestone(file, grain, schema, atMost)));

    public ValueTask SaveSnapshotsAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default)
    {
        WriteIndex(file =>
        {
            foreach (var snapshot in snapshots)
                SnapshotTable.Save(file, snapshot);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask MaintainAsync(CancellationToken cancel = default)
    {
        var behind = Volatile.Read(ref _lastPos) - Volatile.Read(ref _headCheckpoint);
        if (behind >= _options.HeadCheckpointEntries)
            CheckpointHeads();
        lock (_mergeGate)
            Merge(_index);
        _wal.Alone(file => file.ShrinkWal(_options.MaxWalBytes));
        lock (_indexGate)
            _index.File.ShrinkWal(_options.MaxWalBytes);
        return ValueTask.CompletedTask;
    }

    /// <summary>Creates a reader's own tables in <c>index.db</c>; the SQL must do nothing when they are
    /// there.</summary>
    public void EnsureIndexTables(string sql)
    {
        lock (_indexGate)
        {
            _index.File.Execute(sql);
            _readersTables.Add(sql);
        }
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
    public T ReadIndex<T>(Func<SqliteConnection, T> read) => _index.Pool.Read(file => read(file.Connection));

    /// <summary>A snapshot that cannot be read is none.</summary>
    private Snapshot? LoadSnapshot(Func<SqliteFile, Snapshot?> load)
    {
        var index = _index;
        try
        {
            return index.Pool.Read(load);
        }
        catch (Exception failure) when (index.NoteDamage(failure))
        {
            return null;
        }
    }

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
}
