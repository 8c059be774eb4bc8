using System.Data.Common;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// Statements on connections of the pool. What the server or the network answers comes out as a
/// <see cref="JournalUnreachableException"/>. Readings are tried twice, since a pool may hold connections
/// that ended with the server.
/// </summary>
internal sealed class PostgresQueries(NpgsqlDataSource source, string connectionString)
{
    /// <summary>All rows.</summary>
    public Task<List<T>> ListAsync<T>(
        string sql, Action<NpgsqlCommand> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel) =>
        TwiceAsync(async () =>
        {
            var found = new List<T>();
            await VisitAsync(
                sql, bind,
                row =>
                {
                    found.Add(read(row));
                    return true;
                },
                cancel);
            return found;
        });

    /// <summary>The first row; default when there is none.</summary>
    public Task<T?> FirstAsync<T>(
        string sql, Action<NpgsqlCommand> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancel) =>
        TwiceAsync(async () =>
        {
            T? first = default;
            await VisitAsync(
                sql, bind,
                row =>
                {
                    first = read(row);
                    return false;
                },
                cancel);
            return first;
        });

    /// <summary>Rows one by one, until <paramref name="visit"/> says false. Not tried again.</summary>
    public async Task VisitAsync(
        string sql, Action<NpgsqlCommand> bind, Func<NpgsqlDataReader, bool> visit, CancellationToken cancel)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            bind(command);
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                if (!visit(row))
                    return;
            }
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, connectionString);
        }
    }

    /// <summary>Writes; gives the number of rows. Written means: as durable as a batch of entries.</summary>
    public async Task<int> RunAsync(string sql, Action<NpgsqlCommand> bind, CancellationToken cancel)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            using var watch = new CommitWatch(connection);
            await using var command = new NpgsqlCommand(sql, connection);
            bind(command);
            var rows = await command.ExecuteNonQueryAsync(cancel);
            watch.Confirm();
            return rows;
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, connectionString);
        }
    }

    /// <summary>Writes with several statements in one transaction; none: does nothing.</summary>
    public async Task RunAsync(Action<NpgsqlBatch> add, CancellationToken cancel)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            using var watch = new CommitWatch(connection);
            await using var batch = new NpgsqlBatch(connection);
            add(batch);
            if (batch.BatchCommands.Count == 0)
                return;
            await batch.ExecuteNonQueryAsync(cancel);
            watch.Confirm();
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, connectionString);
        }
    }

    /// <summary>Asks again when the first time met a connection that had ended.</summary>
    public static async Task<T> TwiceAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (JournalUnreachableException lost)
            when (lost.InnerException is DbException { IsTransient: true })
        {
            return await ask();
        }
    }
}
