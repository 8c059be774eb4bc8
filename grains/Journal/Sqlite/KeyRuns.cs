using System.Buffers;

namespace MallVip.Grains.Journal;

/// <summary>
/// The dedupe index in <c>index.db</c>: sorted runs that are merged four to one (a log-structured merge
/// tree), since a B-tree dirties a page for almost every key. Adding and merging is the work of one reader;
/// finding is thread-safe.
/// </summary>
internal sealed class KeyRuns(FilePool pool)
{
    private const string Chunk = "SELECT keys FROM dedupe WHERE id = ?1";
    private const string ChunkName = "A chunk of the key index";
    private const int Fanout = 4;
    private const int ChunksPerTransaction = 512;
    private volatile KeyRun[] _runs = [];
    private long _nextId = 1;

    /// <summary>Keys in all runs; a key written twice may count twice until its runs are merged.</summary>
    public long Count => _runs.Sum(r => r.Count);

    /// <summary>Runs now: what a miss may have to ask.</summary>
    public int Runs => _runs.Length;

    /// <summary>Reads the runs' fences and filters and clears what an interrupted merge left.</summary>
    public void Load(SqliteFile file)
    {
        file.Transact(() => file.Execute(
            "DELETE FROM dedupe WHERE " + KeyRun.RunOfRow + " NOT IN (SELECT run FROM dedupe_run)"));
        var runs = new List<KeyRun>();
        var row = file["SELECT run, level, count, fences, filter FROM dedupe_run ORDER BY run"];
        while (row.Step())
        {
            runs.Add(new KeyRun(row.Int64(0), checked((int)row.Int64(1)), row.Int64(2),
                KeyRun.ReadFences(IndexBytes.Checked(row.Blob(3), "A run's fences")),
                BloomFilter.Read(IndexBytes.Checked(row.Blob(4), "A filter of the key index"))));
        }

        _runs = [.. runs];
        _nextId = runs.Count == 0 ? 1 : runs[^1].Id + 1;
    }

    /// <summary>The lowest place of a key; 0 when it is not here.</summary>
    public long Find(EventKey key)
    {
        while (true)
        {
            var runs = _runs;
            var found = FindIn(runs, key);
            if (found >= 0)
                return found;
            // A chunk went with a merge while we looked: the new runs have it.
            if (ReferenceEquals(runs, _runs))
                throw new JournalDamagedException("A chunk of the key index is missing.");
        }
    }

    /// <summary>Writes keys as a new run, within the caller's transaction.</summary>
    public KeyRun Write(SqliteFile file, IReadOnlyList<KeyAt> keys)
    {
        var rented = ArrayPool<KeyAt>.Shared.Rent(keys.Count);
        var sorted = rented.AsSpan(0, keys.Count);
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = keys[i];
        KeyAt.Sort(sorted);
        var writer = new KeyRunWriter(file, _nextId++, level: 0, sorted.Length);
        foreach (var key in sorted)
            writer.Add(key);
        ArrayPool<KeyAt>.Shared.Return(rented);
        return writer.Seal();
    }

    /// <summary>Shows a run whose transaction has committed.</summary>
    public void Show(KeyRun run) => _runs = [.. _runs, run];

    /// <summary>Merges levels that are full. Each transaction is short; <paramref name="transact"/> runs
    /// it.</summary>
    public void Merge(Action<Action<SqliteFile>> transact)
    {
        while (_runs.GroupBy(r => r.Level).FirstOrDefault(l => l.Count() >= Fanout) is { } full)
            MergeOne([.. full.OrderBy(r => r.Id).Take(Fanout)], transact);
    }

    private void MergeOne(KeyRun[] parts, Action<Action<SqliteFile>> transact)
    {
        var queue = new PriorityQueue<KeyRunCursor, (EventKey Key, long Pos)>();
        foreach (var part in parts)
            Push(queue, new KeyRunCursor(part, ReadChunk));
        KeyRunWriter? writer = null;
        var id = _nextId++;
        while (queue.Count > 0)
        {
            transact(file =>
            {
                writer ??= new KeyRunWriter(file, id, parts[0].Level + 1, parts.Sum(p => p.Count));
                var until = writer.Chunks + ChunksPerTransaction;
                while (writer.Chunks < until && queue.TryDequeue(out var cursor, out _))
                {
                    writer.Add(cursor.Current);
                    Push(queue, cursor);
                }
            });
        }

        // Shown before its parts are deleted: who meets a missing chunk finds other runs than those it looked
        // in. A crash in between leaves keys twice, which finding does not mind and the next merge mends.
        KeyRun? merged = null;
        transact(_ => merged = writer!.Seal());
        _runs = [.. _runs.Except(parts), merged!];
        transact(file =>
        {
            foreach (var part in parts)
                Delete(file, part);
        });
    }

    private static void Push(PriorityQueue<KeyRunCursor, (EventKey Key, long Pos)> queue, KeyRunCursor cursor)
    {
        if (cursor.MoveNext())
            queue.Enqueue(cursor, (cursor.Current.Key, cursor.Current.Pos));
    }

    private static void Delete(SqliteFile file, KeyRun run)
    {
        file["DELETE FROM dedupe_run WHERE run = ?1"].Bind(1, run.Id).Run();
        file["DELETE FROM dedupe WHERE id BETWEEN ?1 AND ?2"]
            .Bind(1, KeyRun.ChunkRow(run.Id, 0)).Bind(2, KeyRun.ChunkRow(run.Id, run.Chunks)).Run();
    }

    // -1: a chunk that should be there is not.
    private long FindIn(KeyRun[] runs, EventKey key)
    {
        var lowest = 0L;
        foreach (var run in runs)
        {
            var chunk = run.ChunkOf(key);
            if (chunk < 0)
                continue;
            var pos = FindInChunk(KeyRun.ChunkRow(run.Id, chunk), key);
            if (pos < 0)
                return pos;
            if (pos > 0 && (lowest == 0 || pos < lowest))
                lowest = pos;
        }

        return lowest;
    }

    private long FindInChunk(long id, EventKey key) => pool.Read(file =>
    {
        var row = file[Chunk].Bind(1, id);
        if (!row.Step())
            return -1;
        var pos = KeyChunk.Find(IndexBytes.Checked(row.Blob(0), ChunkName), key);
        row.Reset();
        return pos;
    });

    private byte[] ReadChunk(long id) => pool.Read(file =>
    {
        var row = file[Chunk].Bind(1, id);
        if (!row.Step())
            throw new JournalDamagedException("A chunk of the key index is missing.");
        var bytes = IndexBytes.Checked(row.Blob(0), ChunkName).ToArray();
        row.Reset();
        return bytes;
    });
}
