namespace MallVip.Grains.Journal;

/// <summary>Holds a batch to its promise: each grain's entries go on where its newest one stands.</summary>
internal static class BatchOrder
{
    /// <exception cref="JournalConflictException">Some grains' entries do not; it names them all.</exception>
    public static void Verify(JournalBatch batch, Func<GrainKey, long> seqOf)
    {
        var seqs = new Dictionary<GrainKey, long>();
        HashSet<GrainKey>? losers = null;
        foreach (var draft in batch.Entries)
        {
            var seq = seqs.TryGetValue(draft.Grain, out var known) ? known : seqOf(draft.Grain);
            if (draft.Seq != seq + 1)
                (losers ??= []).Add(draft.Grain);
            seqs[draft.Grain] = draft.Seq;
        }

        if (losers is not null)
            throw new JournalConflictException(losers.ToArray());
    }
}
