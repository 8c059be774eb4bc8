using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Bench;

/// <summary>A journal of a million grains in a schema of its own, which is removed again.</summary>
internal sealed class ArchiveBed : IAsyncDisposable
{
    private const int Grains = 1_000_000;

    private readonly string _connection;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresJournal _journal;
    private readonly (long Seq, Hash256 Hash)[] _heads = new (long, Hash256)[Grains];
    private readonly Random _random = new(1);
    private long _batch;

    private ArchiveBed(string connection, string name, NpgsqlDataSource source, PostgresJournal journal) =>
        (_connection, Name, _source, _journal) = (connection, name, source, journal);

    public string Name { get; }

    public static async Task<ArchiveBed> CreateAsync(string connection, string schema)
    {
        await Migrator.RunAsync(connection, $"CREATE SCHEMA {schema}");
        var own = new NpgsqlConnectionStringBuilder(connection) { SearchPath = schema, CommandTimeout = 0 }
            .ConnectionString;
        await Migrator.ApplyAsync(own);
        return new(
            connection, schema, NpgsqlDataSource.Create(own),
            await PostgresJournal.OpenAsync(
                new() { ConnectionString = own, RememberedHeads = 3 * Grains }));
    }

    /// <summary>Appends batches of entries of random grains.</summary>
    /// <returns>Seconds that the store took, without making the entries.</returns>
    public async Task<double> AppendAsync(int batches, int size)
    {
        var watch = new Stopwatch();
        for (var i = 0; i < batches; i++)
        {
            var drafts = new List<EntryDraft>(size);
            while (drafts.Count < size)
                drafts.Add(Next(_random.Next(Grains)));
            watch.Start();
            await _journal.AppendBatchAsync(new JournalBatch(1, ++_batch, Hash256.Zero, drafts));
            watch.Stop();
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Reads all entries of random grains, as an activation without a snapshot does.</summary>
    /// <returns>Seconds.</returns>
    public async Task<double> ReadAsync(int grains)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < grains; i++)
        {
            var grain = _random.Next(Grains);
            if ((await _journal.ReadAsync(Key(grain))).Count != _heads[grain].Seq)
                throw new InvalidOperationException($"Grain {grain} lacks entries.");
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Moves the oldest entries, whatever their age.</summary>
    public async Task<int> MoveAsync(int most)
    {
        await using var command = _source.CreateCommand(
            string.Create(CultureInfo.InvariantCulture, $"SELECT journal_archive_move('0', '0', {most})"));
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs a statement.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How large the hot table, its indexes and the archive's are.</summary>
    public async Task<string> SizesAsync()
    {
        await using var command = _source.CreateCommand(
            "SELECT string_agg(relname || ' ' || pg_relation_size(oid) / 1048576 || ' MiB', ', ' "
            + "ORDER BY relname) FROM pg_class WHERE relname LIKE 'journal%' AND relkind IN ('r', 'i') "
            + "AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 1048576");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How much the server has written to its log so far, in bytes.</summary>
    public async Task<long> LoggedAsync()
    {
        await using var command = _source.CreateCommand("SELECT (pg_current_wal_lsn() - '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _source.DisposeAsync();
        await Migrator.RunAsync(_connection, $"DROP SCHEMA {Name} CASCADE");
    }

    private EntryDraft Next(int grain)
    {
        ref var head = ref _heads[grain];
        var draft = JournalBench.Draft(Key(grain), head.Seq + 1, head.Hash);
        head = (draft.Seq, draft.Hash);
        return draft;
    }

    private static GrainKey Key(int grain) => new(
        GrainKind.Member, new UInt128(unchecked((ulong)grain * 0x9E3779B97F4A7C15), (ulong)grain));
}
