using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>The reading half of a journal on PostgreSQL, the same for the silo that writes it and for a
/// command beside it.</summary>
public abstract class PostgresReading : IJournalReader
{
    private readonly TailQuery _tail;

    private protected PostgresReading(NpgsqlDataSource source, PostgresOptions options)
    {
        Source = source;
        Options = options;
        _tail = new TailQuery(source, options.SettleWait);
    }

    public CommitSignal Commits { get; } = new();

    private protected NpgsqlDataSource Source { get; }

    private protected PostgresOptions Options { get; }

    public virtual async ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(
            "SELECT seq, pos, hash FROM journal WHERE grain = $1 ORDER BY seq DESC LIMIT 1");
        command.With(grain.ToBytes());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new JournalHead(
                row.GetInt64(0), row.GetInt64(1), Hash256.Read(EntryRows.Sized(row, 2, Hash256.Size)))
            : JournalHead.Empty;
    }

    public virtual async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(
            EntryRows.Select + " FROM journal WHERE grain = $1 AND seq > $2 ORDER BY seq");
        command.With(grain.ToBytes()).With(afterSeq);
        var found = new List<JournalEntry>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            found.Add(EntryRows.Read(row));
        return found;
    }

    public async ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(EntryRows.Select + " FROM journal WHERE pos = $1");
        command.With(pos);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? EntryRows.Read(row) : null;
    }

    /// <summary>Never says that the end is reached while committed entries stand behind it: it waits for the
    /// transactions older than theirs.</summary>
    /// <exception cref="JournalUnsettledException">They took too long.</exception>
    public async ValueTask<TailPage> TailAsync(
        TailPosition after, int max, CancellationToken cancel = default)
    {
        var entries = new List<JournalEntry>();
        var next = await _tail.ReadAsync(
            EntryRows.Select, after, max, row => entries.Add(EntryRows.Read(row)), cancel);
        return new TailPage(entries, next);
    }

    /// <summary>As <see cref="TailAsync"/>.</summary>
    /// <exception cref="JournalUnsettledException">Older transactions took too long.</exception>
    public async ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default)
    {
        var keys = new List<KeyAt>();
        var next = await _tail.ReadAsync(
            "SELECT pos, key, extra_keys", after, max, row => AddKeys(row, keys), cancel);
        return new KeyPage(keys, next);
    }

    public async ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(
            "SELECT writer, batch, root FROM batch_root WHERE writer = $1 AND batch > $2 "
            + "ORDER BY batch LIMIT $3");
        return await RootsAsync(command.With(writer).With(afterBatch).With(max), cancel);
    }

    public async ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(
            "SELECT DISTINCT ON (writer) writer, batch, root FROM batch_root ORDER BY writer, batch DESC");
        return await RootsAsync(command, cancel);
    }

    public async ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand("SELECT value FROM meta WHERE name = $1");
        return (string?)await command.With(name).ExecuteScalarAsync(cancel);
    }

    public async ValueTask<RulesVersionRow?> LoadRulesAsync(
        string version, CancellationToken cancel = default)
    {
        await using var command = Source.CreateCommand(
            "SELECT at, body FROM rules_version WHERE version = $1");
        await using var row = await command.With(version).ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new RulesVersionRow(version, StoredTime.To(row.GetInt64(0)), row.GetFieldValue<byte[]>(1))
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Source.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the journal has beside its pool.</summary>
    private protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    private protected static async Task<List<BatchRoot>> RootsAsync(
        NpgsqlCommand command, CancellationToken cancel)
    {
        var roots = new List<BatchRoot>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            roots.Add(new BatchRoot(
                row.GetInt32(0), row.GetInt64(1), Hash256.Read(EntryRows.Sized(row, 2, Hash256.Size))));
        return roots;
    }

    /// <summary>Checks the tables, and says how far they go.</summary>
    private protected async Task CheckAsync(CancellationToken cancel)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        await Migrator.CheckAsync(connection, cancel);
        await using var command = new NpgsqlCommand("SELECT coalesce(max(pos), 0) FROM journal", connection);
        Commits.Advance((long)(await command.ExecuteScalarAsync(cancel))!);
    }

    private static void AddKeys(NpgsqlDataReader row, List<KeyAt> keys)
    {
        var pos = row.GetInt64(0);
        if (!row.IsDBNull(1))
            keys.Add(new KeyAt(EventKey.Read(EntryRows.Sized(row, 1, EventKey.Size)), pos));
        if (row.IsDBNull(2))
            return;
        foreach (var key in EntryRows.ReadKeys(row, 2))
            keys.Add(new KeyAt(key, pos));
    }
}
