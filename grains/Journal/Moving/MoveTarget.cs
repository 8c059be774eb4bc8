using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>The database of a move. It is held as by a silo that shares with nobody, so that no silo and no
/// other move comes in between; the epoch is raised at the beginning and at the end, which voids whatever any
/// other silo remembers.</summary>
internal sealed class MoveTarget : IAsyncDisposable
{
    /// <summary>Each COPY is a transaction of its own, ended at about so many bytes.</summary>
    private const int CopyBytes = 4 << 20;

    private const string Look = """
        SELECT (SELECT value FROM meta WHERE name = $1), EXISTS(SELECT FROM journal)
          OR EXISTS(SELECT FROM batch_root) OR EXISTS(SELECT FROM person) OR EXISTS(SELECT FROM inbox)
          OR EXISTS(SELECT FROM rules_version) OR EXISTS(SELECT FROM due) OR EXISTS(SELECT FROM checkpoint)
        """;

    private const string Clear = """
        TRUNCATE batch_root, rules_version, person, due, inbox, inbox_refusal, checkpoint,
          snapshot, milestone, dedupe
        """;

    private const string Place = """
        SELECT (SELECT epoch FROM journal_epoch), coalesce(max(pos), 0) FROM journal
        """;

    private const string Release = $"""
        SELECT setval('journal_pos', max(pos)) FROM journal HAVING max(pos) > 0;
        UPDATE journal_epoch SET epoch = epoch + 1;
        DELETE FROM meta WHERE name = '{MoveMark.Setting}'
        """;

    private readonly NpgsqlDataSource _source;
    private readonly WriteSession _session;
    private readonly CopyBuffer _copy = new();
    private long _epoch;

    private MoveTarget(NpgsqlDataSource source, WriteSession session) =>
        (_source, _session) = (source, session);

    /// <exception cref="JournalLockedException">A silo or another move uses it.</exception>
    /// <exception cref="JournalSchemaException">It was not migrated.</exception>
    /// <exception cref="JournalUnreachableException">It takes no writes.</exception>
    public static async Task<MoveTarget> OpenAsync(string connectionString, CancellationToken cancel)
    {
        var source = PostgresConnections.Create(connectionString, pooled: false);
        WriteSession? session = null;
        try
        {
            var options = new PostgresOptions
            {
                ConnectionString = connectionString,
                Writer = MovedTable.Writer,
            };
            session = await WriteSession.OpenAsync(source, options, anyNumber: false, null, cancel);
            await Migrator.CheckAsync(session.Connection, cancel);
            return new MoveTarget(source, session);
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Marks the database as being filled from a journal, empties what is copied anew, and says up
    /// to which place entries are there already.</summary>
    /// <exception cref="MoveRefusedException">It holds a journal, or a half of another one.</exception>
    public async Task<long> BeginAsync(string journalId, CancellationToken cancel)
    {
        await using var transaction = await _session.Connection.BeginTransactionAsync(cancel);
        if (await IsNewAsync(journalId, cancel))
        {
            await RunAsync(
                $"INSERT INTO meta(name, value) VALUES ('{MoveMark.Setting}', '{journalId}'); "
                + "UPDATE journal_epoch SET epoch = epoch + 1", cancel);
        }

        await RunAsync($"{Clear}; DELETE FROM meta WHERE name <> '{MoveMark.Setting}'", cancel);
        var place = 0L;
        await using (var command = new NpgsqlCommand(Place, _session.Connection))
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            await row.ReadAsync(cancel);
            (_epoch, place) = (row.GetInt64(0), row.GetInt64(1));
        }

        await transaction.CommitAsync(cancel);
        return place;
    }

    /// <summary>Writes rows of a table.</summary>
    /// <param name="table">Which.</param>
    /// <param name="rows">Each is valid until the next.</param>
    /// <param name="copied">Told the number of rows after each transaction.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task CopyAsync(
        MovedTable table, IEnumerable<SqliteStatement> rows, Action<long> copied, CancellationToken cancel)
    {
        var count = 0L;
        _copy.Begin();
        foreach (var row in rows)
        {
            MoveRows.Write(_copy, table, row, _epoch);
            count++;
            if (_copy.Written.Length < CopyBytes)
                continue;
            await SendAsync(table, cancel);
            copied(count);
            count = 0;
            _copy.Begin();
        }

        await SendAsync(table, cancel);
        copied(count);
    }

    /// <summary>Reads a table's rows in order.</summary>
    public async Task PrintAsync(
        MovedTable table, RowPrint print, Action<long> read, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(table.FromDatabase, _session.Connection)
        {
            CommandTimeout = 0,
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            MoveRows.Print(print, table, row);
            if (print.Rows % 4_096 == 0)
                read(4_096);
        }
    }

    /// <summary>Lets silos have it: new places follow the old ones, under a new epoch.</summary>
    public async Task FinishAsync()
    {
        await RunAsync("ANALYZE journal, batch_root, person, due", default);
        await using var transaction = await _session.Connection.BeginTransactionAsync();
        await RunAsync(Release, default);
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task<bool> IsNewAsync(string journalId, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Look, _session.Connection).With(MoveMark.Setting);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (row.IsDBNull(0))
        {
            return !row.GetBoolean(1)
                ? true
                : throw new MoveRefusedException(
                    "The database is not empty: it has a journal already. Move into a new database or "
                    + "schema, made by 'mallvip migrate'.");
        }

        return string.Equals(row.GetString(0), journalId, StringComparison.Ordinal)
            ? false
            : throw new MoveRefusedException(
                "The database was filled by halves from another data folder. Finish that move, or make the "
                + "database anew.");
    }

    private async Task SendAsync(MovedTable table, CancellationToken cancel)
    {
        _copy.End();
        await using var copy =
            await _session.Connection.BeginRawBinaryCopyAsync(table.IntoDatabase, cancel);
        await copy.WriteAsync(_copy.Written, cancel);
    }

    private async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _session.Connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
