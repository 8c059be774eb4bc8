using System.Text;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Rows of <c>inbox</c> stand under the number of the writer that took them, which numbers them and
/// delivers them.</summary>
public sealed partial class PostgresJournal
{
    private const string PutRows = """
        INSERT INTO inbox(writer, pos, key, at, actor, rules_version, body)
        SELECT $1, row.* FROM unnest($2, $3, $4, $5, $6, $7) AS row
        """;

    // The number of a writer that is gone can be locked; it stays so until the rows have moved.
    private const string Adopt = """
        WITH gone AS MATERIALIZED (
          SELECT w.writer FROM (SELECT DISTINCT writer FROM inbox WHERE writer <> $1) AS w
          WHERE pg_try_advisory_xact_lock(
            hashtextextended('mallvip/writer/' || current_schema() || '/' || w.writer, 0))),
        behind AS (
          SELECT i.writer, i.pos, $2 + row_number() OVER (ORDER BY i.at, i.writer, i.pos) AS next
          FROM inbox AS i JOIN gone USING (writer))
        UPDATE inbox AS i SET writer = $1, pos = b.next FROM behind AS b
        WHERE i.writer = b.writer AND i.pos = b.pos
        """;

    private const string Refuse = """
        INSERT INTO inbox_refusal(key, at, body) SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET at = excluded.at, body = excluded.body
        """;

    private readonly SemaphoreSlim _inboxTurn = new(1);
    private long _lastInbox;

    // One after another: who reads in the order of the numbers must not meet a later one first.
    public async ValueTask PutInboxAsync(IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default)
    {
        await _inboxTurn.WaitAsync(cancel);
        try
        {
            await InsertAsync(rows, cancel);
        }
        finally
        {
            _inboxTurn.Release();
        }
    }

    public async ValueTask<int> AdoptInboxAsync(CancellationToken cancel = default)
    {
        await _inboxTurn.WaitAsync(cancel);
        try
        {
            var adopted = await Queries.RunAsync(
                Adopt, command => command.With(Options.Writer).With(_lastInbox), cancel);
            _lastInbox += adopted;
            return adopted;
        }
        finally
        {
            _inboxTurn.Release();
        }
    }

    private async Task InsertAsync(IReadOnlyList<InboxDraft> rows, CancellationToken cancel)
    {
        var places = new long[rows.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = ++_lastInbox;
        await Queries.RunAsync(
            PutRows,
            command => command.With(Options.Writer).With(places)
                .With(rows.Select(row => row.Key.ToBytes()).ToArray())
                .With(rows.Select(row => StoredTime.From(row.Arrived)).ToArray())
                .With(rows.Select(row => Encoding.UTF8.GetBytes(row.Actor)).ToArray())
                .With(rows.Select(row => row.RulesVersion).ToArray())
                .With(rows.Select(row => row.Body.ToArray()).ToArray()),
            cancel);
    }

    public async ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
        long after, int max, CancellationToken cancel = default) =>
        await Queries.ListAsync(
            "SELECT pos, key, at, actor, rules_version, body FROM inbox "
            + "WHERE writer = $1 AND pos > $2 ORDER BY pos LIMIT $3",
            command => command.With(Options.Writer).With(after).With(max), InboxRowAt, cancel);

    public async ValueTask<long> CountInboxAsync(CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT count(*) FROM inbox WHERE writer = $1",
            command => command.With(Options.Writer), row => row.GetInt64(0), cancel);

    public async ValueTask SettleInboxAsync(
        IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default)
    {
        var refused = new SortedDictionary<EventKey, InboxRefusal>();
        foreach (var end in ends)
        {
            if (end.Refusal is { } refusal)
                refused[refusal.Key] = refusal;
        }

        await Queries.RunAsync(
            batch =>
            {
                batch.Add("DELETE FROM inbox WHERE writer = $1 AND pos = ANY($2)")
                    .With(Options.Writer).With(ends.Select(end => end.Pos).ToArray());
                if (refused.Count > 0)
                    batch.Add(Refuse)
                        .With(refused.Keys.Select(key => key.ToBytes()).ToArray())
                        .With(refused.Values.Select(row => StoredTime.From(row.At)).ToArray())
                        .With(refused.Values.Select(row => row.Body.ToArray()).ToArray());
            },
            cancel);
    }

    public async ValueTask<InboxTrace> FindInboxAsync(EventKey key, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT EXISTS(SELECT FROM inbox WHERE key = $1), r.at, r.body "
            + "FROM (VALUES (1)) AS one LEFT JOIN inbox_refusal AS r ON r.key = $1",
            command => command.With(key.ToBytes()),
            row => new InboxTrace(row.GetBoolean(0), row.IsDBNull(1) ? null
                : new(key, StoredTime.To(row.GetInt64(1)), row.GetFieldValue<byte[]>(2))), cancel);

    public async ValueTask ForgetRefusalsAsync(DateTimeOffset before, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            "DELETE FROM inbox_refusal WHERE at < $1",
            command => command.With(StoredTime.From(before)), cancel);

    private async Task<long> LastInboxAsync(CancellationToken cancel) =>
        await Queries.FirstAsync(
            "SELECT coalesce(max(pos), 0) FROM inbox WHERE writer = $1",
            command => command.With(Options.Writer), row => row.GetInt64(0), cancel);

    private static InboxRow InboxRowAt(NpgsqlDataReader row) => new(row.GetInt64(0), new(
        EventKey.Read(EntryRows.Sized(row, 1, EventKey.Size)), StoredTime.To(row.GetInt64(2)),
        Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(3)), row.GetString(4),
        row.GetFieldValue<byte[]>(5)));
}
