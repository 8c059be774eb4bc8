namespace MallVip.Grains.Journal;

/// <summary>A journal on PostgreSQL opened for reading only, for commands beside running silos.</summary>
public sealed class PostgresJournalReader : PostgresReading
{
    private PostgresJournalReader(PostgresOptions options)
        : base(options)
    {
    }

    /// <summary>Opens the journal of a database.</summary>
    /// <exception cref="JournalUnreachableException">It cannot be reached or refuses the user.</exception>
    /// <exception cref="JournalTooNewException">A newer build has migrated it.</exception>
    /// <exception cref="JournalSchemaException">It holds no journal of this build.</exception>
    /// <exception cref="JournalHalfMovedException">A move has not finished filling it.</exception>
    public static async ValueTask<PostgresJournalReader> OpenAsync(
        PostgresOptions options, CancellationToken cancel = default)
    {
        var journal = new PostgresJournalReader(options);
        await journal.StartAsync(cancel);
        return journal;
    }
}
