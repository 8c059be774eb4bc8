using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>What tells that a database went back in time: a fail-over or a restore begins a new timeline,
/// and whoever restores or moves the journal raises its epoch.</summary>
/// <param name="Epoch">The journal's.</param>
/// <param name="Timeline">The first eight digits of the name of the write-ahead log's file.</param>
/// <param name="Clock">What time it said it was: no part of what it is.</param>
internal sealed record DatabaseIdentity(long Epoch, string Timeline, DateTimeOffset Clock)
{
    /// <summary>Epoch and timeline of the database that is asked, as SQL.</summary>
    public const string Now =
        "(SELECT epoch FROM journal_epoch), substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

    public const string Query = $"SELECT {Now}, clock_timestamp()";

    /// <summary>From a row of <see cref="Query"/>.</summary>
    public static DatabaseIdentity Of(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2));

    public static async Task<DatabaseIdentity> ReadAsync(NpgsqlDataReader row, CancellationToken cancel)
    {
        await row.ReadAsync(cancel);
        return Of(row);
    }

    public static async Task<DatabaseIdentity> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Query, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await ReadAsync(row, cancel);
    }

    /// <exception cref="JournalReplacedException">It is not the one that was known.</exception>
    public void RefuseUnless(DatabaseIdentity known)
    {
        if (Epoch != known.Epoch)
            throw new JournalReplacedException($"The journal was restored or moved: its epoch is {Epoch}, "
                + $"this process knows {known.Epoch}.");
        if (!string.Equals(Timeline, known.Timeline, StringComparison.Ordinal))
            throw new JournalReplacedException($"The database failed over or was restored: its timeline is "
                + $"{Timeline}, this process knows {known.Timeline}.");
    }
}
