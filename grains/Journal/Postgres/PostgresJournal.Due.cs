namespace MallVip.Grains.Journal;

public sealed partial class PostgresJournal
{
    private const int DuePage = 512;

    private const string Claim = """
        UPDATE due AS d SET claimed_until = $2
        FROM (SELECT grain FROM due WHERE at <= $1 AND claimed_until <= $1
              ORDER BY at, grain LIMIT $3 FOR UPDATE SKIP LOCKED) AS free
        WHERE d.grain = free.grain RETURNING d.grain, d.at
        """;

    private const string ClaimThese = """
        UPDATE due AS d SET claimed_until = $2
        FROM (SELECT grain FROM due WHERE grain = ANY($3) AND at <= $1 AND claimed_until <= $1
              ORDER BY at, grain FOR UPDATE SKIP LOCKED) AS free
        WHERE d.grain = free.grain RETURNING d.grain, d.at
        """;

    private const string Free = """
        SELECT grain, at FROM due WHERE at <= $1 AND claimed_until <= $1 AND (at, grain) > ($2, $3)
        ORDER BY at, grain LIMIT $4
        """;

    private const string Coming =
        "SELECT grain, at, claimed_until FROM due WHERE (at, grain) > ($1, $2) ORDER BY at, grain LIMIT $3";

    /// <summary>Rows that may be held are looked for before, page by page.</summary>
    public async ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(held is null ? Claim : ClaimThese);
        command.With(StoredTime.From(now)).With(StoredTime.From(claimUntil));
        if (held is null)
        {
            command.With(max);
        }
        else
        {
            var free = await FreeAsync(now, max, held, cancel);
            if (free.Length == 0)
                return [];
            command.With(free);
        }

        var claimed = new List<DueGrain>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            claimed.Add(new DueGrain(
                GrainKey.Read(EntryRows.Sized(row, 0, GrainKey.Size)), StoredTime.To(row.GetInt64(1))));
        claimed.Sort(static (a, b) => (a.At, a.Grain).CompareTo((b.At, b.Grain)));
        return claimed;
    }

    /// <summary>Rows are looked at until none can be earlier.</summary>
    public async ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default)
    {
        long? earliest = null;
        var (at, grain, page) = (long.MinValue, Array.Empty<byte>(), 8);
        while (true)
        {
            var seen = 0;
            await using var command = Source.CreateCommand(Coming);
            await using var row = await command.With(at).With(grain).With(page).ExecuteReaderAsync(cancel);
            for (; await row.ReadAsync(cancel); seen++)
            {
                (grain, at) = (EntryRows.Sized(row, 0, GrainKey.Size), row.GetInt64(1));
                if (at >= earliest)
                    return StoredTime.To(earliest.Value);
                if (held?.Invoke(GrainKey.Read(grain)) != true)
                    earliest = Math.Min(earliest ?? long.MaxValue, Math.Max(at, row.GetInt64(2)));
            }

            if (seen < page)
                return earliest is { } found ? StoredTime.To(found) : null;
            page = DuePage;
        }
    }

    private async Task<byte[][]> FreeAsync(
        DateTimeOffset now, int max, Func<GrainKey, bool> held, CancellationToken cancel)
    {
        var free = new List<byte[]>();
        var (at, grain, seen) = (long.MinValue, Array.Empty<byte>(), DuePage);
        while (seen == DuePage && free.Count < max)
        {
            seen = 0;
            await using var command = Source.CreateCommand(Free);
            command.With(StoredTime.From(now)).With(at).With(grain).With(DuePage);
            await using var row = await command.ExecuteReaderAsync(cancel);
            for (; await row.ReadAsync(cancel); seen++)
            {
                (grain, at) = (EntryRows.Sized(row, 0, GrainKey.Size), row.GetInt64(1));
                if (free.Count < max && !held(GrainKey.Read(grain)))
                    free.Add(grain);
            }
        }

        return [.. free];
    }
}
