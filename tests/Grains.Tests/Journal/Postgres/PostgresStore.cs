using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>A database of one test, and the journals that it opens on it.</summary>
internal sealed class PostgresStore : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];

    private PostgresStore(string connection) => Connection = connection;

    public string Connection { get; }

    public static async Task<PostgresStore> CreateAsync(bool migrated = true) =>
        new(await PostgresCluster.CreateAsync(migrated));

    /// <summary>Opens it as a writer, alone or beside others.</summary>
    /// <param name="isShared">Beside others.</param>
    /// <param name="believed">How long it believes what it remembers; null: as long as a silo.</param>
    /// <param name="cluster">Null: of none.</param>
    /// <param name="address">In the cluster; null: of none.</param>
    public async Task<PostgresJournal> OpenAsync(
        bool isShared = false, TimeSpan? believed = null, string? cluster = null, string? address = null)
    {
        var options = new PostgresOptions
        {
            ConnectionString = Connection,
            IsShared = isShared,
            Cluster = cluster,
            Address = address,
        };
        var journal = await PostgresJournal.OpenAsync(
            options with { HeadsBelieved = believed ?? options.HeadsBelieved });
        _open.Add(journal);
        return journal;
    }

    /// <summary>Opens it as two writers that share it.</summary>
    public async Task<(PostgresJournal One, PostgresJournal Other)> OpenTwoAsync() =>
        (await OpenAsync(isShared: true), await OpenAsync(isShared: true));

    /// <summary>A reader that waits for no older transaction.</summary>
    public async Task<PostgresJournalReader> ImpatientReaderAsync()
    {
        var reader = await PostgresJournalReader.OpenAsync(new PostgresOptions
        {
            ConnectionString = Connection,
            SettleWait = TimeSpan.Zero,
        });
        _open.Add(reader);
        return reader;
    }

    public Task RunAsync(string sql) => PostgresCluster.RunAsync(Connection, sql);

    /// <summary>How many rows a table has.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var open = new NpgsqlConnection(Connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", open);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Lets time pass, as far as the archive can tell.</summary>
    public Task AgeAsync(string by) => RunAsync($"UPDATE journal_mark SET at = at - interval '{by}'");

    public Task CutAsync() => PostgresCluster.CutAsync(Connection);

    /// <summary>Holds all due rows locked: who writes one waits, its entries already copied.</summary>
    public async Task<NpgsqlConnection> HoldDueRowsAsync()
    {
        var holder = new NpgsqlConnection(Connection + ";Pooling=false");
        _open.Add(holder);
        await holder.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; SELECT * FROM due FOR UPDATE", holder);
        await command.ExecuteNonQueryAsync();
        return holder;
    }

    /// <summary>Returns when somebody waits for the holder's rows.</summary>
    public static async Task UntilBlockedAsync(NpgsqlConnection holder)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)) "
            + "AND datname = current_database()",
            holder);
        for (var i = 0; i < 100_000; i++)
        {
            // Within a transaction the view stands still until it is dropped.
            await using var fresh = new NpgsqlCommand("SELECT pg_stat_clear_snapshot()", holder);
            await fresh.ExecuteNonQueryAsync();
            if ((long)(await command.ExecuteScalarAsync())! > 0)
                return;
        }

        Assert.Fail("Nobody came to wait.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
            await open.DisposeAsync();
    }
}
