namespace MallVip.Grains.Journal;

/// <summary>All readings of <c>journal.db</c>, each in a short transaction on a connection of the pool.
/// Shared by the journal and the read-only opening.</summary>
internal sealed class JournalReads(FilePool pool)
{
    /// <summary>A grain's entries above a seq, by the chain that begins at its newest place; oldest
    /// first.</summary>
    public IReadOnlyList<JournalEntry> Chain(long newest, long afterSeq) =>
        Chain(newest, afterSeq, RowReader.ByPos, RowReader.Entry);

    /// <summary>What a grain has decided, by the same chain.</summary>
    public IReadOnlyList<T> Decided<T>(long newest, DecidedReading<T> read) =>
        Chain(newest, 0, RowReader.DecidedByPos, row => RowReader.Decided(row, read));

    /// <param name="sql">Gives the row at a place, with the place before and the seq as its second and third
    /// columns.</param>
    private List<T> Chain<T>(
        long newest, long afterSeq, string sql, Func<SqliteStatement, T> read) => pool.Read(file =>
    {
        var found = new List<T>();
        var row = file[sql];
        // One transaction: each row would take and give back the file's locks by itself.
        file["BEGIN"].Run();
        for (var pos = newest; pos > 0;)
        {
            if (!row.Bind(1, pos).Step())
                throw new JournalDamagedException($"The journal has no entry at place {pos}.");
            pos = row.Int64(RowReader.PrevPos);
            var isAbove = row.Int64(RowReader.Seq) > afterSeq;
            if (isAbove)
                found.Add(read(row));
            row.Reset();
            if (!isAbove)
                break;
        }

        file["COMMIT"].Run();
        found.Reverse();
        return found;
    });

    public JournalEntry? At(long pos) => pool.Read(file =>
    {
        var row = file[RowReader.ByPos].Bind(1, pos);
        if (!row.Step())
            return null;
        var entry = RowReader.Entry(row);
        row.Reset();
        return entry;
    });

    public TailPage Tail(TailPosition after, int max) => pool.Read(file =>
    {
        var entries = new List<JournalEntry>();
        var row = file[RowReader.Tail].Bind(1, after.Pos).Bind(2, max);
        while (row.Step())
            entries.Add(RowReader.Entry(row));
        return new TailPage(entries, entries.Count == 0 ? after : TailPosition.At(entries[^1].Pos));
    });

    public KeyPage TailKeys(TailPosition after, int max) => pool.Read(file =>
    {
        var keys = new List<KeyAt>(max);
        var last = after.Pos;
        var row = file[RowReader.TailKeys].Bind(1, after.Pos).Bind(2, max);
        while (row.Step())
        {
            last = row.Int64(0);
            RowReader.AddKeys(row, keys);
        }

        return new KeyPage(keys, last == after.Pos ? after : TailPosition.At(last));
    });

    public IReadOnlyList<BatchRoot> Roots(int writer, long afterBatch, int max) => pool.Read(file =>
    {
        var roots = new List<BatchRoot>();
        var row = file[
            "SELECT batch, root FROM batch_root WHERE writer = ?1 AND batch > ?2 ORDER BY batch LIMIT ?3"]
            .Bind(1, writer).Bind(2, afterBatch).Bind(3, max);
        while (row.Step())
            roots.Add(new BatchRoot(writer, row.Int64(0), RowReader.HashAt(row, 1)));
        return roots;
    });

    public IReadOnlyList<BatchRoot> LastRoots() => pool.Read(file =>
    {
        var roots = new List<BatchRoot>();
        var row = file["SELECT writer, max(batch), root FROM batch_root GROUP BY writer ORDER BY writer"];
        while (row.Step())
            roots.Add(new BatchRoot(checked((int)row.Int64(0)), row.Int64(1), RowReader.HashAt(row, 2)));
        return roots;
    });

    public Hash256 HashAt(long pos) => pool.Read(file =>
    {
        var row = file[RowReader.Hash].Bind(1, pos);
        if (!row.Step())
            throw new JournalDamagedException($"The journal has no entry at place {pos}.");
        var hash = RowReader.HashAt(row, 0);
        row.Reset();
        return hash;
    });

    /// <summary>Whether an entry with this hash stands at a place. Before the first stands none.</summary>
    public bool Knows(long pos, string hash) => pos == 0 || pool.Read(file =>
    {
        var row = file[RowReader.Hash].Bind(1, pos);
        if (!row.Step())
            return false;
        var found = RowReader.HashAt(row, 0).ToString();
        row.Reset();
        return string.Equals(found, hash, StringComparison.Ordinal);
    });

    public string? Meta(string name) => pool.Read(file => JournalSchema.GetMeta(file, name));

    public RulesVersionRow? Rules(string version) => pool.Read(file =>
    {
        var row = file["SELECT at, body FROM rules_version WHERE version = ?1"].Bind(1, version);
        if (!row.Step())
            return null;
        var found = new RulesVersionRow(version, StoredTime.To(row.Int64(0)), row.Blob(1).ToArray());
        row.Reset();
        return found;
    });
}
