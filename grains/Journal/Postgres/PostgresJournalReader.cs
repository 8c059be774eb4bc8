using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>A journal on PostgreSQL opened for reading only, for commands beside running silos.</summary>
public sealed class PostgresJournalReader : PostgresReading
{
    private PostgresJournalReader(NpgsqlDataSource source, PostgresOptions options)
        : base(source, options)
    {
    }

    /// <summary>Opens the journal of a database.</summary>
    /// <exception cref="JournalUnreachableException">It cannot be reached or refuses the user.</exception>
    /// <exception cref="JournalTooNewException">A newer build has migrated it.</exception>
    /// <exception cref="JournalSchemaException">It holds no journal of this build.</exception>
    public static async ValueTask<PostgresJournalReader> OpenAsync(
        PostgresOptions options, CancellationToken cancel = default)
    {
        var journal = new PostgresJournalReader(PostgresConnections.Create(options.ConnectionString), options);
        try
        {
            await journal.CheckAsync(cancel);
            return journal;
        }
        catch (NpgsqlException failure)
        {
            await journal.DisposeAsync();
            throw PostgresFailure.Explain(failure, options.ConnectionString);
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }
}
