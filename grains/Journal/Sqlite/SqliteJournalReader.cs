namespace MallVip.Grains.Journal;

/// <summary>A SQLite journal opened for reading only, for commands beside a running silo: no lock, short
/// transactions, the head of a grain found by reading backwards.</summary>
public sealed class SqliteJournalReader : IJournalReader
{
    private readonly FilePool _pool;
    private readonly JournalReads _reads;

    private SqliteJournalReader(string path)
    {
        _pool = new FilePool(path);
        _reads = new JournalReads(_pool);
    }

    public CommitSignal Commits { get; } = new();

    /// <summary>Opens the journal of a directory.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="JournalTooNewException">A newer build wrote it.</exception>
    /// <exception cref="JournalDamagedException">The file is no journal.</exception>
    public static SqliteJournalReader Open(string directory)
    {
        var path = Path.Combine(directory, JournalSchema.FileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{directory} holds no journal.", path);
        var reader = new SqliteJournalReader(path);
        try
        {
            reader.Commits.Advance(reader._pool.Read(LastPos));
            return reader;
        }
        catch
        {
            reader._pool.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default) =>
        new(Head(grain));

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default) =>
        new(_reads.Chain(Head(grain).Pos, afterSeq));

    public ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default) =>
        new(_reads.At(pos));

    public ValueTask<TailPage> TailAsync(TailPosition after, int max, CancellationToken cancel = default) =>
        new(_reads.Tail(after, max));

    public ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default) =>
        new(_reads.TailKeys(after, max));

    public ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default) =>
        new(_reads.Roots(writer, afterBatch, max));

    public ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default) =>
        new(_reads.LastRoots());

    public ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default) =>
        new(_reads.Meta(name));

    public ValueTask<RulesVersionRow?> LoadRulesAsync(string version, CancellationToken cancel = default) =>
        new(_reads.Rules(version));

    private JournalHead Head(GrainKey grain) => _pool.Read(file =>
    {
        var row = file[RowReader.Newest].Bind(1, grain);
        if (!row.Step())
            return JournalHead.Empty;
        var head = new JournalHead(row.Int64(0), row.Int64(1), RowReader.HashAt(row, 2));
        row.Reset();
        return head;
    });

    private static long LastPos(SqliteFile file)
    {
        JournalSchema.Check(file);
        var row = file[RowReader.LastPos];
        row.Step();
        var pos = row.Int64(0);
        row.Reset();
        return pos;
    }
}
