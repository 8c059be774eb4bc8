using System.Runtime.InteropServices;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Where the grains of one batch stand before it: from memory where that fits, else from the
/// database.</summary>
internal sealed class BatchHeads(HeadCache cache)
{
    private const string Newest = """
        SELECT g.n, j.seq, j.pos, j.hash FROM unnest($1::bytea[]) WITH ORDINALITY AS g(grain, n)
        CROSS JOIN LATERAL
          (SELECT seq, pos, hash FROM journal WHERE grain = g.grain ORDER BY seq DESC LIMIT 1) AS j
        """;

    private readonly Dictionary<GrainKey, HeadPlace> _heads = [];
    private readonly Dictionary<GrainKey, long> _seqs = [];
    private readonly List<EntryDraft> _unknown = [];
    private DateTimeOffset _oldest;

    /// <summary>Whether there are grains whose place the database must tell.</summary>
    public bool NeedsDatabase => _unknown.Count > 0;

    /// <summary>Whether some places were taken from memory that are not to be believed any more, now that
    /// <see cref="HeadCache.Now"/> is known.</summary>
    public bool AreOutdated => !cache.IsBelieved(_oldest);

    /// <summary>Takes what memory knows. Entries that do not follow each other within the batch are
    /// refused.</summary>
    /// <exception cref="JournalConflictException">Some do not.</exception>
    public void Begin(JournalBatch batch)
    {
        _heads.Clear();
        _unknown.Clear();
        _seqs.Clear();
        _oldest = DateTimeOffset.MaxValue;
        HashSet<GrainKey>? losers = null;
        foreach (var draft in batch.Entries)
        {
            ref var seq = ref CollectionsMarshal.GetValueRefOrAddDefault(_seqs, draft.Grain, out var known);
            if (!known)
                TakeFirst(draft);
            else if (draft.Seq != seq + 1)
                (losers ??= []).Add(draft.Grain);
            seq = draft.Seq;
        }

        if (losers is not null)
            throw new JournalConflictException([.. losers]);
    }

    /// <summary>The question for the database, as a part of a batch of statements.</summary>
    public void Ask(NpgsqlBatch statements) =>
        statements.Add(Newest).With(_unknown.Select(draft => draft.Grain.ToBytes()).ToArray());

    /// <summary>Reads the answer.</summary>
    /// <exception cref="JournalConflictException">Some grains stand elsewhere than their entries
    /// say.</exception>
    public async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
    {
        var places = new JournalHead[_unknown.Count];
        while (await row.ReadAsync(cancel))
        {
            places[row.GetInt64(0) - 1] = new JournalHead(
                row.GetInt64(1), row.GetInt64(2), Hash256.Read(EntryRows.Sized(row, 3, Hash256.Size)));
        }

        List<GrainKey>? losers = null;
        for (var i = 0; i < places.Length; i++)
        {
            var (draft, place) = (_unknown[i], places[i]);
            if (draft.Seq != place.Seq + 1 || draft.PrevHash != place.Hash)
                (losers ??= []).Add(draft.Grain);
            _heads[draft.Grain] = new HeadPlace(place.Seq, place.Pos);
        }

        if (losers is not null)
            throw new JournalConflictException([.. losers]);
    }

    /// <summary>Asks about every grain of a batch: after the unique key has refused it, or when memory is
    /// outdated.</summary>
    /// <exception cref="JournalConflictException">Names those that stand elsewhere.</exception>
    public async Task AskAllAsync(
        JournalBatch batch, NpgsqlConnection connection, CancellationToken cancel)
    {
        _unknown.Clear();
        _unknown.AddRange(batch.Entries.DistinctBy(draft => draft.Grain));
        await using var statements = new NpgsqlBatch(connection);
        Ask(statements);
        await using var row = await statements.ExecuteReaderAsync(cancel);
        await ReadAsync(row, cancel);
    }

    /// <summary>Gives an entry its place and says where the one before it of its grain stands.</summary>
    public HeadPlace Advance(EntryDraft draft, long pos)
    {
        var previous = _heads[draft.Grain];
        _heads[draft.Grain] = new HeadPlace(draft.Seq, pos);
        return previous;
    }

    /// <summary>The batch is committed: memory knows where its grains stand.</summary>
    public void Remember()
    {
        foreach (var (grain, head) in _heads)
            cache.Set(grain, head);
    }

    private void TakeFirst(EntryDraft draft)
    {
        if (cache.TryGet(draft.Grain, out var head) && head.Place.Seq + 1 == draft.Seq
            && cache.IsBelieved(head.Seen))
        {
            _heads.Add(draft.Grain, head.Place);
            _oldest = head.Seen < _oldest ? head.Seen : _oldest;
        }
        else
        {
            _unknown.Add(draft);
        }
    }
}
