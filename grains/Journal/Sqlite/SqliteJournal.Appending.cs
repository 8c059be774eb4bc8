using System.Runtime.InteropServices;

namespace MallVip.Grains.Journal;

public sealed partial class SqliteJournal
{
    private const int Writer = 1;
    private readonly Dictionary<GrainKey, HeadPlace> _fresh = [];
    private readonly WrittenKeys _written = new();
    private long[] _previous = [];

    public ValueTask<BatchRoot> WriterStateAsync(CancellationToken cancel = default)
    {
        return new(JournalPool.Read(file =>
        {
            var row = file["SELECT batch, root FROM batch_root WHERE writer = ?1 ORDER BY batch DESC LIMIT 1"]
                .Bind(1, Writer);
            if (!row.Step())
                return new BatchRoot(Writer, 0, Hash256.Zero);
            var last = new BatchRoot(Writer, row.Int64(0), RowReader.HashAt(row, 1));
            row.Reset();
            return last;
        }));
    }

    public ValueTask<long[]> AppendBatchAsync(JournalBatch batch, CancellationToken cancel = default)
    {
        var places = new long[batch.Entries.Count];
        lock (_journalGate)
        {
            Place(batch, places);
            InsertOrNote(batch, places);
            _wal.Noted();
            foreach (var (grain, place) in _fresh)
                _heads.Set(grain, place);
            Volatile.Write(ref _lastPos, places[^1]);
            _written.Add(batch, places, TailPosition.At(places[^1]));
        }

        Commits.Advance(places[^1]);
        return new(places);
    }

    /// <summary>A commit whose sync failed may have left its rows in the WAL: they count if a full
    /// checkpoint, which syncs them into the file, succeeds.</summary>
    public ValueTask<long[]?> ResolveBatchAsync(JournalBatch batch, CancellationToken cancel = default) =>
        new(_wal.Alone(file =>
        {
            file.RollBack();
            var root = file["SELECT root FROM batch_root WHERE writer = ?1 AND batch = ?2"]
                .Bind(1, batch.Writer).Bind(2, batch.Number);
            if (!root.Step())
                return null;
            root.Reset();
            file.Checkpoint("FULL");
            var places = NewestRows(batch);
            _written.Clear();
            Volatile.Write(ref _lastPos, places[^1]);
            Commits.Advance(places[^1]);
            return places;
        }));

    private void InsertOrNote(JournalBatch batch, long[] places)
    {
        try
        {
            _journal.Transact(() => Insert(batch, places));
            _hasFailed = false;
        }
        catch
        {
            _hasFailed = true;
            throw;
        }
    }

    // A batch in question is the newest one: nothing is written after it before it is settled.
    private long[] NewestRows(JournalBatch batch)
    {
        var places = new long[batch.Entries.Count];
        var row = _journal["SELECT pos, grain, seq, batch FROM journal ORDER BY pos DESC LIMIT ?1"]
            .Bind(1, places.Length);
        for (var i = places.Length - 1; row.Step(); i--)
        {
            if (row.Int64(3) != batch.Number)
                throw new JournalDamagedException($"Batch {batch.Number} has a root and lacks entries.");
            places[i] = row.Int64(0);
            _heads.Set(RowReader.GrainAt(row, 1), new HeadPlace(row.Int64(2), places[i]));
        }

        return places;
    }

    // Gives each entry its place and its grain's previous one, and holds each grain's entries
    // to the order of their seq.
    private void Place(JournalBatch batch, long[] places)
    {
        _fresh.Clear();
        if (_previous.Length < places.Length)
            _previous = new long[places.Length];
        HashSet<GrainKey>? losers = null;
        for (var i = 0; i < places.Length; i++)
        {
            var draft = batch.Entries[i];
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _fresh, draft.Grain, out var known);
            if (!known)
                place = _heads.Get(draft.Grain);
            if (draft.Seq != place.Seq + 1)
                (losers ??= []).Add(draft.Grain);
            _previous[i] = place.Pos;
            places[i] = _lastPos + 1 + i;
            place = new HeadPlace(draft.Seq, places[i]);
        }

        if (losers is not null)
            throw new JournalConflictException([.. losers]);
    }

    private void Insert(JournalBatch batch, long[] places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var draft = batch.Entries[i];
            _rows.Write(draft, places[i], _previous[i], batch.Writer, batch.Number);
            DueTable.Change(_journal, draft.Grain, draft.NextDue);
            for (var person = 0; person < draft.Persons.Count; person++)
                PersonTable.Put(_journal, draft.Persons[person]);
        }

        _journal["INSERT INTO batch_root(writer, batch, root) VALUES(?1, ?2, ?3)"]
            .Bind(1, batch.Writer).Bind(2, batch.Number).Bind(3, batch.Root).Run();
    }
}
