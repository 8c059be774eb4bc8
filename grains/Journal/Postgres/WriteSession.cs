using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// The one connection that writes batches. It holds the writer's number by an advisory lock, which is free
/// again when the session gave it up or has ended on the server: whoever holds it knows that no older commit
/// of this number is still under way.
/// </summary>
internal sealed class WriteSession : IAsyncDisposable
{
    // What a machine held that lost its power is free after some seconds.
    private const string Prepare = """
        SELECT set_config('idle_in_transaction_session_timeout', $1, false),
          set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false),
          set_config('tcp_keepalives_count', '3', false)
        """;

    private const string Identify = """
        SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on',
               pg_backend_pid(),
               (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
        """;

    /// <summary>How many processes may share a database.</summary>
    private const int MostWriters = 64;

    private const string FreeNumber = """
        SELECT n FROM generate_series(1, $1) AS n
        WHERE pg_try_advisory_lock(hashtextextended('mallvip/writer/' || current_schema() || '/' || n, 0))
        LIMIT 1
        """;

    private const string EndOld =
        "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2";

    // Waits for the standby, and so for all that was committed before.
    private const string Settle = """
        INSERT INTO meta(name, value) VALUES ('probe', '') ON CONFLICT (name) DO UPDATE SET value = ''
        """;

    private readonly CommitWatch _watch;

    private WriteSession(NpgsqlConnection connection) =>
        (Connection, _watch) = (connection, new CommitWatch(connection));

    /// <summary>The writer's number.</summary>
    public int Writer { get; private set; }

    public NpgsqlConnection Connection { get; }

    /// <summary>The server's process, to end it when its connection was lost.</summary>
    public (int Pid, DateTime Since) Backend { get; private set; }

    /// <summary>Opens a session and takes the number.</summary>
    /// <param name="source">Where from; not pooled, so that a closed session ends on the server too.</param>
    /// <param name="options">Whether others may write too, and the number.</param>
    /// <param name="anyNumber">Whichever is free, in place of that one.</param>
    /// <param name="lost">This process's earlier session, which may not have ended on the server.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="JournalLockedException">Another process has the number.</exception>
    /// <exception cref="JournalOfAnotherClusterException">Silos of another cluster write.</exception>
    /// <exception cref="JournalUnreachableException">The database takes no writes.</exception>
    public static async Task<WriteSession> OpenAsync(
        NpgsqlDataSource source, PostgresOptions options, bool anyNumber, (int Pid, DateTime Since)? lost,
        CancellationToken cancel)
    {
        var session = new WriteSession(await source.OpenConnectionAsync(cancel));
        try
        {
            await session.IdentifyAsync(StandsStill(options), cancel);
            if (lost is { } old)
                await session.EndAsync(old, cancel);
            await session.TakePartAsync(options, cancel);
            session.Writer = anyNumber
                ? await session.TakeNumberAsync(cancel)
                : await session.TakeAsync(options.Writer, cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Called after a commit.</summary>
    /// <exception cref="JournalUnreachableException">It may be on this server only, though a standby is to
    /// have it.</exception>
    public void Confirm() => _watch.Confirm();

    /// <summary>Returns when everything that can be read now is as durable as a commit is.</summary>
    /// <exception cref="JournalUnreachableException">The standby does not confirm it.</exception>
    public async Task SettleAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Settle, Connection);
        await command.ExecuteNonQueryAsync(cancel);
        Confirm();
    }

    /// <summary>Undoes what a failed batch left; false when the connection is of no use any more.</summary>
    public async Task<bool> TryRollBackAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK", Connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception lost) when (IsLost(lost))
        {
            return false;
        }
    }

    /// <summary>Gives the number up, so that the next to ask finds it free; a session that is only closed
    /// keeps it until the server noticed. Nothing may be written after it.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", Connection);
            command.CommandTimeout = 2;
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception lost) when (IsLost(lost))
        {
            // The server ends what it has lost by itself.
        }
    }

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return Connection.DisposeAsync();
    }

    /// <summary>Whether a session's connection is of no use any more.</summary>
    public static bool IsLost(Exception failure) =>
        failure is NpgsqlException or InvalidOperationException or IOException;

    /// <summary>Who stands still in a transaction holds up whoever writes the same grain, and with it their
    /// whole batch. Alone there is nobody to hold up but readers.</summary>
    private static string StandsStill(PostgresOptions options) => options.IsShared ? "3s" : "60s";

    private async Task IdentifyAsync(string standsStill, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(Connection);
        batch.Add(Prepare).With(standsStill);
        batch.Add(Identify);
        await using var row = await batch.ExecuteReaderAsync(cancel);
        await row.NextResultAsync(cancel);
        await row.ReadAsync(cancel);
        if (row.GetBoolean(0))
        {
            throw new JournalUnreachableException(
                $"PostgreSQL at {Connection.Host}:{Connection.Port}, database '{Connection.Database}' takes "
                + "no writes: it is a standby, or default_transaction_read_only is on.");
        }

        Backend = (row.GetInt32(1), row.GetDateTime(2));
    }

    private async Task EndAsync((int Pid, DateTime Since) old, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(EndOld, Connection);
        await command.With(old.Pid).With(old.Since).ExecuteNonQueryAsync(cancel);
    }

    private Task TakePartAsync(PostgresOptions options, CancellationToken cancel)
    {
        var what = $"database '{Connection.Database}'";
        return options.IsShared
            ? SharedPart.TakeAsync(Connection, options, what, cancel)
            : AdvisoryLock.Sharing.TakeAsync(Connection, isShared: false, what, cancel);
    }

    private async Task<int> TakeAsync(int number, CancellationToken cancel)
    {
        await AdvisoryLock.OfWriter(number).TakeAsync(
            Connection, isShared: false, $"writer number {number} of database '{Connection.Database}'",
            cancel);
        return number;
    }

    private async Task<int> TakeNumberAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(FreeNumber, Connection);
        return await command.With(MostWriters).ExecuteScalarAsync(cancel) is int number
            ? number
            : throw new JournalLockedException(
                $"all {MostWriters} writer numbers of database '{Connection.Database}'", null);
    }
}
