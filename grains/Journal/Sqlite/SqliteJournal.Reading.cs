namespace MallVip.Grains.Journal;

public sealed partial class SqliteJournal
{
    public ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default)
    {
        var place = _heads.Get(grain);
        return new(place.Seq == 0
            ? JournalHead.Empty
            : new JournalHead(place.Seq, place.Pos, _reads.HashAt(place.Pos)));
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default) =>
        new(_reads.Chain(_heads.Get(grain).Pos, afterSeq));

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

    public ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default) =>
        new(_journalPool.Read(file => DueTable.Next(file, held)));

    public ValueTask<PersonRow?> GetPersonAsync(UInt128 handle, CancellationToken cancel = default) =>
        new(_journalPool.Read(file => PersonTable.Get(file, handle)));

    public ValueTask<IReadOnlyList<PersonRow>> GetPersonsOfAsync(
        UInt128 member, CancellationToken cancel = default) =>
        new(_journalPool.Read(file => PersonTable.Of(file, member)));
}
