namespace MallVip.Grains.Journal;

/// <summary>
/// The reading half of a journal on SQLite, the same for the silo that writes it and for a command beside it:
/// they differ only in how they know where a grain's newest entry stands.
/// </summary>
public abstract class SqliteReading : IJournalReader
{
    /// <param name="mapped">See <see cref="SqliteFile.OpenForReading"/>.</param>
    private protected SqliteReading(string directory, bool mapped)
    {
        JournalPool = new FilePool(Path.Combine(directory, JournalSchema.FileName), mapped);
        Reads = new JournalReads(JournalPool);
    }

    public CommitSignal Commits { get; } = new();

    private protected FilePool JournalPool { get; }

    private protected JournalReads Reads { get; }

    public ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default)
    {
        var place = Heads().Get(grain);
        return new(place.Seq == 0
            ? JournalHead.Empty
            : new JournalHead(place.Seq, place.Pos, Reads.HashAt(place.Pos)));
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default) =>
        new(Reads.Chain(Heads().Get(grain).Pos, afterSeq));

    public ValueTask<IReadOnlyList<GrainKey>> GrainsAsync(int share, CancellationToken cancel = default) =>
        new(Heads().Grains(share));

    public ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default) =>
        new(Reads.At(pos));

    public ValueTask<TailPage> TailAsync(TailPosition after, int max, CancellationToken cancel = default) =>
        new(Reads.Tail(after, max));

    public virtual ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default) =>
        new(Reads.TailKeys(after, max));

    public ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default) =>
        new(Reads.Roots(writer, afterBatch, max));

    public ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default) =>
        new(Reads.LastRoots());

    public ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default) =>
        new(Reads.Meta(name));

    public ValueTask<RulesVersionRow?> LoadRulesAsync(string version, CancellationToken cancel = default) =>
        new(Reads.Rules(version));

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the files, the pool among them. Called once.</summary>
    private protected abstract ValueTask CloseAsync();

    /// <summary>Where every grain's newest committed entry stands.</summary>
    private protected abstract HeadDirectory Heads();
}
