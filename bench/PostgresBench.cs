using System.Globalization;
using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Bench;

/// <summary>Raw batches into PostgreSQL, each size in a schema of its own that is removed again. The
/// connection's user must be allowed to make schemas.</summary>
public static class PostgresBench
{
    /// <summary>Batches of 64, 256 and 1,024 rows with bodies of 420 bytes, 262,144 rows each.</summary>
    public static async Task RunAsync(string connection, TextWriter output)
    {
        foreach (var size in (int[])[64, 256, 1_024])
        {
            var schema = string.Create(CultureInfo.InvariantCulture, $"mallvip_bench_{size}");
            await Migrator.RunAsync(connection, $"CREATE SCHEMA {schema}");
            var own = new NpgsqlConnectionStringBuilder(connection) { SearchPath = schema }.ConnectionString;
            await Migrator.ApplyAsync(own);
            await using (var journal = await PostgresJournal.OpenAsync(new() { ConnectionString = own }))
                await JournalBench.StoreAsync(journal, size, output);
            await Migrator.RunAsync(connection, $"DROP SCHEMA {schema} CASCADE");
        }
    }
}
