using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Brings a database's tables to what this build knows, and refuses those that it does not
/// know.</summary>
public static class Migrator
{
    /// <summary>Applies what is missing, one transaction each, under a lock: several at a time wait for each
    /// other. Needs the rights of the tables' owner.</summary>
    /// <returns>What was applied; empty when nothing was missing.</returns>
    /// <exception cref="JournalTooNewException">A newer build has migrated it.</exception>
    /// <exception cref="JournalSchemaException">Its record of migrations does not fit.</exception>
    /// <exception cref="JournalUnreachableException">The database cannot be used.</exception>
    public static async Task<IReadOnlyList<Migration>> ApplyAsync(
        string connectionString, CancellationToken cancel = default)
    {
        await using var source = PostgresConnections.Create(connectionString);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await RunAsync(connection, MigrationSql.Lock, cancel);
            var applied = await MigrationRecord.ReadAsync(connection, cancel);
            MigrationRecord.Verify(applied, Migration.All);
            await RunAsync(connection, MigrationSql.Record, cancel);
            var missing = Migration.All.Skip(applied.Count).ToList();
            foreach (var migration in missing)
                await ApplyAsync(connection, migration, cancel);
            return missing;
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, connectionString);
        }
    }

    /// <summary>Runs one statement as the tables' owner: what makes and removes a schema.</summary>
    /// <exception cref="JournalUnreachableException">The database cannot be used.</exception>
    public static async Task RunAsync(
        string connectionString, string sql, CancellationToken cancel = default)
    {
        await using var source = PostgresConnections.Create(connectionString, pooled: false);
        await new PostgresQueries(source, connectionString).RunAsync(sql, static _ => { }, cancel);
    }

    /// <summary>Checks that the tables are those that this build knows.</summary>
    /// <exception cref="JournalTooNewException">A newer build has migrated it.</exception>
    /// <exception cref="JournalSchemaException">It was not migrated, or not to the end.</exception>
    internal static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var applied = await MigrationRecord.ReadAsync(connection, cancel);
        MigrationRecord.Verify(applied, Migration.All);
        if (applied.Count == Migration.All.Count)
            return;
        throw new JournalSchemaException(applied.Count == 0
            ? "The database has no tables of MallVip yet. Run 'mallvip migrate' as their owner."
            : $"The database has schema {applied.Count}, this build needs {Migration.All.Count}. "
                + "Run 'mallvip migrate' as the tables' owner.");
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, migration.Sql, cancel);
        await using var note = new NpgsqlCommand(MigrationSql.Note, connection)
            .With(migration.Version).With(migration.Name).With(migration.Hash);
        await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
