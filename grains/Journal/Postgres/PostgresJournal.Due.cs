using Npgsql;

namespace MallVip.Grains.Journal;

public sealed partial class PostgresJournal
{
    private const int DuePage = 512;
    private static readonly DueRow Beginning = new([], long.MinValue, 0);

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
        SELECT grain, at, claimed_until FROM due
        WHERE at <= $1 AND claimed_until <= $1 AND (at, grain) > ($2, $3) ORDER BY at, grain LIMIT $4
        """;

    private const string Coming =
        "SELECT grain, at, claimed_until FROM due WHERE (at, grain) > ($1, $2) ORDER BY at, grain LIMIT $3";

    private const string Advance = """
        INSERT INTO due AS d (grain, at, claimed_until)
        SELECT n.grain, n.at, 0 FROM unnest($1, $2, $3) AS n(grain, seq, at)
        WHERE n.seq = coalesce((SELECT max(j.seq) FROM journal AS j WHERE j.grain = n.grain), 0)
        ON CONFLICT (grain) DO UPDATE SET at = excluded.at WHERE excluded.at < d.at
        """;

    /// <summary>An entry that is committed meanwhile may leave the row earlier than it would have it: never
    /// later.</summary>
    public async ValueTask AdvanceDueAsync(
        IReadOnlyList<DueAdvance> rows, CancellationToken cancel = default)
    {
        var earliest = rows.GroupBy(row => row.Grain).OrderBy(same => same.Key)
            .Select(same => same.MinBy(row => row.At)).ToArray();
        if (earliest.Length > 0)
            await Queries.RunAsync(
                Advance,
                command => command.With(Array.ConvertAll(earliest, row => row.Grain.ToBytes()))
                    .With(Array.ConvertAll(earliest, row => row.Seq))
                    .With(Array.ConvertAll(earliest, row => StoredTime.From(row.At))),
                cancel);
    }

    /// <summary>Rows that may be held are looked for before, page by page.</summary>
    public async ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default)
    {
        var free = held is null ? [] : await FreeAsync(now, max, held, cancel);
        if (held is not null && free.Length == 0)
            return [];
        var claimed = new List<DueGrain>();
        await Queries.VisitAsync(
            held is null ? Claim : ClaimThese,
            command =>
            {
                command.With(StoredTime.From(now)).With(StoredTime.From(claimUntil));
                _ = held is null ? command.With(max) : command.With(free);
            },
            row =>
            {
                claimed.Add(new DueGrain(GrainAt(row), StoredTime.To(row.GetInt64(1))));
                return true;
            },
            cancel);
        claimed.Sort(static (a, b) => (a.At, a.Grain).CompareTo((b.At, b.Grain)));
        return claimed;
    }

    /// <summary>Rows are looked at until none can be earlier.</summary>
    public async ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default)
    {
        long? earliest = null;
        var (last, size) = (Beginning, 8);
        while (true)
        {
            var page = await Queries.ListAsync(
                Coming, command => command.With(last.At).With(last.Grain).With(size), DueRowAt, cancel);
            foreach (var row in page)
            {
                if (row.At >= earliest)
                    return StoredTime.To(earliest.Value);
                if (held?.Invoke(GrainKey.Read(row.Grain)) != true)
                    earliest = Math.Min(earliest ?? long.MaxValue, Math.Max(row.At, row.ClaimedUntil));
            }

            if (page.Count < size)
                return earliest is { } found ? StoredTime.To(found) : null;
            (last, size) = (page[^1], DuePage);
        }
    }

    private async Task<byte[][]> FreeAsync(
        DateTimeOffset now, int max, Func<GrainKey, bool> held, CancellationToken cancel)
    {
        var free = new List<byte[]>();
        var last = Beginning;
        while (true)
        {
            var page = await Queries.ListAsync(
                Free,
                command => command.With(StoredTime.From(now)).With(last.At).With(last.Grain).With(DuePage),
                DueRowAt, cancel);
            free.AddRange(page.Where(row => !held(GrainKey.Read(row.Grain))).Select(row => row.Grain));
            if (page.Count < DuePage || free.Count >= max)
                return [.. free.Take(max)];
            last = page[^1];
        }
    }

    private static DueRow DueRowAt(NpgsqlDataReader row) =>
        new(EntryRows.Sized(row, 0, GrainKey.Size), row.GetInt64(1), row.GetInt64(2));

    private readonly record struct DueRow(byte[] Grain, long At, long ClaimedUntil);
}
