using Npgsql;

namespace MallVip.Grains.Journal;

public sealed partial class PostgresJournal
{
    private const string PutInbox = """
        INSERT INTO inbox(writer, pos, key, at, actor, rules_version, body)
        SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7)
        """;

    private const string PutRefusals = """
        INSERT INTO inbox_refusal(key, at, body) SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET at = excluded.at, body = excluded.body
        """;

    private long _lastInbox;

    private short Home => (short)Options.Writer;

    /// <summary>Places go on from the highest that this process has seen, also after a failure.</summary>
    public async ValueTask PutInboxAsync(
        IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default)
    {
        var first = Interlocked.Add(ref _lastInbox, rows.Count) - rows.Count + 1;
        var drafts = rows.ToArray();
        await Queries.RunAsync(
            PutInbox,
            command => command.With(Home)
                .With(drafts.Select((_, i) => first + i).ToArray())
                .With(Array.ConvertAll(drafts, row => Bytes(row.Key)))
                .With(Array.ConvertAll(drafts, row => StoredTime.From(row.Arrived)))
                .With(Array.ConvertAll(drafts, row => row.Actor))
                .With(Array.ConvertAll(drafts, row => row.RulesVersion))
                .With(Array.ConvertAll(drafts, row => row.Body.ToArray())),
            cancel);
    }

    public async ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
        long after, int max, CancellationToken cancel = default) =>
        await Queries.ListAsync(
            "SELECT pos, key, at, actor, rules_version, body FROM inbox "
            + "WHERE writer = $1 AND pos > $2 ORDER BY pos LIMIT $3",
            command => command.With(Home).With(after).With(max),
            row => new InboxRow(row.GetInt64(0), new(
                EventKey.Read(EntryRows.Sized(row, 1, EventKey.Size)), StoredTime.To(row.GetInt64(2)),
                row.GetString(3), row.GetString(4), row.GetFieldValue<byte[]>(5))),
            cancel);

    public async ValueTask<long> CountInboxAsync(CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT count(*) FROM inbox WHERE writer = $1", command => command.With(Home),
            row => row.GetInt64(0), cancel);

    public async ValueTask SettleInboxAsync(
        IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            batch =>
            {
                batch.Add("DELETE FROM inbox WHERE writer = $1 AND pos = ANY($2)")
                    .With(Home).With(ends.Select(end => end.Pos).ToArray());
                AddRefusals(batch, ends);
            },
            cancel);

    public async ValueTask<InboxTrace> FindInboxAsync(EventKey key, CancellationToken cancel = default)
    {
        // One statement: a row that goes out leaves its refusal in the same transaction.
        var (waits, at, body) = await Queries.FirstAsync(
            "SELECT EXISTS(SELECT 1 FROM inbox WHERE key = $1), r.at, r.body "
            + "FROM (VALUES (1)) AS one LEFT JOIN inbox_refusal AS r ON r.key = $1",
            command => command.With(Bytes(key)),
            row => (row.GetBoolean(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1),
                row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2)),
            cancel);
        return new(waits, at is { } noted ? new InboxRefusal(key, StoredTime.To(noted), body) : null);
    }

    public async ValueTask ForgetRefusalsAsync(DateTimeOffset before, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            "DELETE FROM inbox_refusal WHERE at < $1",
            command => command.With(StoredTime.From(before)), cancel);

    private async Task FindLastInboxAsync(CancellationToken cancel) => _lastInbox = await Queries.FirstAsync(
        "SELECT coalesce(max(pos), 0) FROM inbox WHERE writer = $1", command => command.With(Home),
        row => row.GetInt64(0), cancel);

    /// <summary>Of two of one key the later counts.</summary>
    private static void AddRefusals(NpgsqlBatch batch, IReadOnlyList<InboxEnd> ends)
    {
        var newest = new Dictionary<EventKey, InboxRefusal>();
        foreach (var end in ends)
            if (end.Refusal is { } refusal)
                newest[refusal.Key] = refusal;
        if (newest.Count == 0)
            return;
        batch.Add(PutRefusals)
            .With(newest.Values.Select(refusal => Bytes(refusal.Key)).ToArray())
            .With(newest.Values.Select(refusal => StoredTime.From(refusal.At)).ToArray())
            .With(newest.Values.Select(refusal => refusal.Body.ToArray()).ToArray());
    }
}
