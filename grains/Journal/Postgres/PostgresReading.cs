using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>The reading half of a journal on PostgreSQL, the same for the silo that writes it and for a
/// command beside it.</summary>
public abstract class PostgresReading : IJournalReader
{
    private readonly TailQuery _tail;

    private protected PostgresReading(PostgresOptions options)
    {
        Source = PostgresConnections.Create(options.ConnectionString);
        Options = options;
        Queries = new PostgresQueries(Source, options.ConnectionString);
        _tail = new TailQuery(Queries, options.SettleWait);
    }

    public CommitSignal Commits { get; } = new();

    private protected NpgsqlDataSource Source { get; }

    private protected PostgresOptions Options { get; set; }

    private protected PostgresQueries Queries { get; }

    public virtual async ValueTask<JournalHead> HeadAsync(
        GrainKey grain, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT seq, pos, hash FROM journal WHERE grain = $1 ORDER BY seq DESC LIMIT 1",
            command => command.With(grain.ToBytes()),
            row => new JournalHead(
                row.GetInt64(0), row.GetInt64(1), Hash256.Read(EntryRows.Sized(row, 2, Hash256.Size))),
            cancel);

    public virtual async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default) =>
        await Queries.ListAsync(
            EntryRows.Select + " FROM journal WHERE grain = $1 AND seq > $2 ORDER BY seq",
            command => command.With(grain.ToBytes()).With(afterSeq), EntryRows.Read, cancel);

    /// <summary>A share is a stretch of ids in each kind, so that the key finds it without reading the
    /// others.</summary>
    public async ValueTask<IReadOnlyList<GrainKey>> GrainsAsync(int share, CancellationToken cancel = default)
    {
        var width = (UInt128.MaxValue / IJournal.Shares) + 1;
        var (from, last) = (width * (UInt128)share, (width * (UInt128)share) + (width - 1));
        var kinds = Enum.GetValues<GrainKind>();
        return await Queries.ListAsync(
            "SELECT j.grain FROM unnest($1, $2) AS share(low, high) "
            + "JOIN journal AS j ON j.grain BETWEEN share.low AND share.high AND j.seq = 1",
            command => command.With(Array.ConvertAll(kinds, kind => new GrainKey(kind, from).ToBytes()))
                .With(Array.ConvertAll(kinds, kind => new GrainKey(kind, last).ToBytes())),
            GrainAt, cancel);
    }

    private protected static GrainKey GrainAt(NpgsqlDataReader row) =>
        GrainKey.Read(EntryRows.Sized(row, 0, GrainKey.Size));

    public async ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            EntryRows.Select + " FROM journal WHERE pos = $1", command => command.With(pos), EntryRows.Read,
            cancel);

    /// <summary>Never says that the end is reached while committed entries stand behind it: it waits for the
    /// transactions older than theirs.</summary>
    /// <exception cref="JournalUnsettledException">They took too long.</exception>
    public async ValueTask<TailPage> TailAsync(
        TailPosition after, int max, CancellationToken cancel = default)
    {
        var (entries, next) = await _tail.ReadAsync<JournalEntry>(
            EntryRows.Select, after, max, static (row, entries) => entries.Add(EntryRows.Read(row)), cancel);
        return new TailPage(entries, next);
    }

    /// <summary>As <see cref="TailAsync"/>.</summary>
    /// <exception cref="JournalUnsettledException">Older transactions took too long.</exception>
    public virtual async ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default)
    {
        var (keys, next) = await _tail.ReadAsync<KeyAt>(
            "SELECT pos, key, extra_keys", after, max, TakeKeys, cancel);
        return new KeyPage(keys, next);
    }

    public async ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default) =>
        await Queries.ListAsync(
            "SELECT writer, batch, root FROM batch_root WHERE writer = $1 AND batch > $2 "
            + "ORDER BY batch LIMIT $3",
            command => command.With(writer).With(afterBatch).With(max), RootAt, cancel);

    public async ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default) =>
        await Queries.ListAsync(
            "SELECT DISTINCT ON (writer) writer, batch, root FROM batch_root ORDER BY writer, batch DESC",
            static _ => { }, RootAt, cancel);

    public async ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT value FROM meta WHERE name = $1", command => command.With(name),
            static row => row.GetString(0), cancel);

    public async ValueTask<RulesVersionRow?> LoadRulesAsync(
        string version, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT at, body FROM rules_version WHERE version = $1", command => command.With(version),
            row => new RulesVersionRow(version, StoredTime.To(row.GetInt64(0)), row.GetFieldValue<byte[]>(1)),
            cancel);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Source.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens what the journal has beside its pool. On failure all is closed again.</summary>
    private protected async ValueTask StartAsync(CancellationToken cancel)
    {
        try
        {
            await CheckTablesAsync(cancel);
            await BeginAsync(cancel);
        }
        catch (NpgsqlException failure)
        {
            await DisposeAsync();
            throw PostgresFailure.Explain(failure, Options.ConnectionString);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>The rest of the opening, on tables that are those of this build.</summary>
    private protected virtual Task BeginAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Closes what the journal has beside its pool.</summary>
    private protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    private protected static BatchRoot RootAt(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt64(1), Hash256.Read(EntryRows.Sized(row, 2, Hash256.Size)));

    private async Task CheckTablesAsync(CancellationToken cancel)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        await Migrator.CheckAsync(connection, cancel);
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(max(pos), 0), EXISTS(SELECT FROM meta WHERE name = $1) FROM journal", connection)
            .With(MoveMark.Setting);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (row.GetBoolean(1) && !Options.MayBeHalfMoved)
            throw new JournalHalfMovedException();
        Commits.Advance(row.GetInt64(0));
    }

    private protected static void TakeKeys(NpgsqlDataReader row, List<KeyAt> keys)
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
