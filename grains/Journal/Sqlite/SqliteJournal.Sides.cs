namespace MallVip.Grains.Journal;

public sealed partial class SqliteJournal
{
    /// <summary>The rows are looked for beside the writer, since many may be held.</summary>
    public ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default)
    {
        if (held is null)
            return new(Write(file =>
                DueTable.Claim(file, DueTable.Free(file, now, max, null), now, claimUntil)));
        var free = JournalPool.Read(file => DueTable.Free(file, now, max, held));
        return new(free.Count == 0 ? free : Write(file => DueTable.Claim(file, free, now, claimUntil)));
    }

    /// <summary>Heads are set under the same gate as they are read here, after their commit.</summary>
    public ValueTask AdvanceDueAsync(IReadOnlyList<DueAdvance> rows, CancellationToken cancel = default)
    {
        Write(file =>
        {
            foreach (var row in rows)
            {
                if (_heads.Get(row.Grain).Seq == row.Seq)
                    DueTable.Change(file, row.Grain, DueChange.Earlier(row.At));
            }
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default) =>
        new(JournalPool.Read(file => DueTable.Next(file, held)));

    public ValueTask<PersonRow?> GetPersonAsync(UInt128 handle, CancellationToken cancel = default) =>
        new(JournalPool.Read(file => PersonTable.Get(file, handle)));

    public ValueTask<IReadOnlyList<PersonRow>> GetPersonsOfAsync(
        UInt128 member, CancellationToken cancel = default) =>
        new(JournalPool.Read(file => PersonTable.Of(file, member)));

    public ValueTask SetMetaAsync(string name, string value, CancellationToken cancel = default)
    {
        Write(file => JournalSchema.SetMeta(file, name, value));
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveRulesAsync(RulesVersionRow row, CancellationToken cancel = default)
    {
        Write(file => file["INSERT OR IGNORE INTO rules_version(version, at, body) VALUES(?1, ?2, ?3)"]
            .Bind(1, row.Version).Bind(2, StoredTime.From(row.At)).Bind(3, row.Body.Span).Run());
        return ValueTask.CompletedTask;
    }

    public ValueTask PutPersonsAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancel = default)
    {
        Write(file =>
        {
            foreach (var row in rows)
                PersonTable.Put(file, row);
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>The pages are overwritten (secure_delete), and the WAL, which may hold the old ones, is
    /// emptied.</summary>
    /// <exception cref="IOException">The rows are gone, the WAL could not be emptied: call again.</exception>
    public ValueTask<int> DeletePersonsOfAsync(UInt128 member, CancellationToken cancel = default)
    {
        var count = Write(file => PersonTable.DeleteOf(file, member));
        _wal.Alone(file => file.Checkpoint("TRUNCATE"));
        return new(count);
    }

    public ValueTask<Checkpoint?> GetCheckpointAsync(ReaderId reader, CancellationToken cancel = default) =>
        new(PoolOf(reader).Read(file => CheckpointTable.Get(file, reader.Name)));

    public ValueTask<Checkpoint?> LeaseCheckpointAsync(
        ReaderId reader, string owner, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancel = default)
    {
        Checkpoint? Lease(SqliteFile file) => CheckpointTable.Lease(file, reader.Name, owner, now, until);
        if (reader.Home == CheckpointHome.Journal)
            return new(Write(Lease));
        lock (_indexGate)
        {
            var lease = WriteIndex(Lease);
            if (reader == KeyIndexOptions.Reader && lease is not null)
                NoteKeys(lease.Position.Pos);
            return new(lease);
        }
    }

    public ValueTask<bool> CompareAndSetCheckpointAsync(
        CheckpointMove move, CancellationToken cancel = default)
    {
        bool Move(SqliteFile file) => CheckpointTable.Move(file, move);
        return new(move.Reader.Home == CheckpointHome.Journal ? Write(Move) : WriteIndex(Move));
    }

    private FilePool PoolOf(ReaderId reader) =>
        reader.Home == CheckpointHome.Journal ? JournalPool : _index.Pool;

    private void Write(Action<SqliteFile> write)
    {
        lock (_journalGate)
        {
            _journal.Transact(() => write(_journal));
            _wal.Noted();
        }
    }

    private T Write<T>(Func<SqliteFile, T> write)
    {
        T result = default!;
        Write(file =>
        {
            result = write(file);
        });
        return result;
    }
}
