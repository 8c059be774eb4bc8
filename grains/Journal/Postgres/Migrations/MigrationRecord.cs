using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Which migrations a database says it has.</summary>
internal static class MigrationRecord
{
    public static async Task<IReadOnlyList<(int Version, string Name, string Hash)>> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        if (!await LookAsync(connection, cancel))
            return [];
        var applied = new List<(int, string, string)>();
        await using var command = new NpgsqlCommand(MigrationSql.Applied, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            applied.Add((row.GetInt32(0), row.GetString(1), row.GetString(2)));
        return applied;
    }

    /// <exception cref="JournalTooNewException">There is one that this build does not know.</exception>
    /// <exception cref="JournalSchemaException">One is missing between others, or is not the known
    /// file.</exception>
    public static void Verify(
        IReadOnlyList<(int Version, string Name, string Hash)> applied, IReadOnlyList<Migration> known)
    {
        if (applied.Count > 0 && applied[^1].Version > known.Count)
            throw new JournalTooNewException(applied[^1].Version, known.Count);
        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i].Version != i + 1)
            {
                throw new JournalSchemaException(
                    $"The database's record of migrations lacks number {i + 1}, but has {applied[i].Name}: "
                    + "it was migrated by halves. Restore it, or finish what was begun by hand.");
            }

            if (!string.Equals(applied[i].Hash, known[i].Hash, StringComparison.Ordinal))
            {
                throw new JournalSchemaException(
                    $"The database was migrated with another {applied[i].Name} than this build's. "
                    + "Use the build that it was migrated with, or a newer one.");
            }
        }
    }

    private static async Task<bool> LookAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(MigrationSql.Look, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (!string.Equals(row.GetString(2), "UTF8", StringComparison.Ordinal))
        {
            throw new JournalSchemaException(
                $"The database's encoding is {row.GetString(2)}; it must be UTF8. Create it with "
                + "'createdb --encoding=UTF8 --template=template0'.");
        }

        if (!row.GetBoolean(0) && row.GetBoolean(1))
        {
            throw new JournalSchemaException(
                "The database has a table 'journal' and no record of migrations: it was migrated by halves, "
                + "or the table is another program's. Use a schema or database of its own.");
        }

        return row.GetBoolean(0);
    }
}
