namespace MallVip.Grains.Journal;

/// <summary>Follows every grain's chain: seq without a gap, the previous entry's place and hash, the hash of
/// the columns. Keeps one small record per grain.</summary>
internal sealed class ChainAudit(AuditFindings findings)
{
    private readonly Dictionary<GrainKey, JournalHead> _heads = [];
    private readonly Dictionary<int, long> _places = [];

    public long Grains => _heads.Count;

    public void Visit(JournalEntry entry)
    {
        // Of two writers the later to commit may have drawn its places first.
        var last = _places.GetValueOrDefault(entry.Writer);
        if (entry.Pos <= last)
            findings.Add(AuditCode.OrderWrong, entry, $"Place {entry.Pos} follows place {last}.");
        _places[entry.Writer] = entry.Pos;
        var head = _heads.GetValueOrDefault(entry.Grain);
        if (entry.Seq != head.Seq + 1)
            findings.Add(
                AuditCode.SeqNotNext, entry, $"Entry {entry.Seq} follows entry {head.Seq} of its grain.");
        if (entry.PrevPos != head.Pos)
        {
            findings.Add(AuditCode.PreviousPlaceWrong, entry,
                $"It names place {entry.PrevPos} as its grain's previous one, which is {head.Pos}.");
        }

        if (entry.PrevHash != head.Hash)
            findings.Add(AuditCode.ChainBroken, entry, "Its previous hash is not the previous entry's.");
        if (EntryHash.Compute(entry) != entry.Hash)
            findings.Add(AuditCode.HashWrong, entry, "Its hash is not the hash of its columns.");
        // From here on the chain is followed as it is stored, so that one problem is told once.
        _heads[entry.Grain] = new JournalHead(entry.Seq, entry.Pos, entry.Hash);
    }
}
