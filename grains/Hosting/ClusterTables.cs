using System.Collections.Immutable;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Hosting;

/// <summary>
/// Whether the SQL scripts of Orleans were run on a database. They are the operator's to supply: its list of
/// silos is in tables that they make, read and written by statements that they store.
/// </summary>
public static class ClusterTables
{
    /// <summary>Makes the table of statements.</summary>
    public const string MainScript = "PostgreSQL-Main.sql";

    /// <summary>Makes the list of silos.</summary>
    public const string ClusteringScript = "PostgreSQL-Clustering.sql";

    /// <summary>Gives the application its rights on both.</summary>
    public const string Grants = "deploy/postgres/grants-orleans.sql";

    private const string Statements = "orleansquery";

    private static readonly string[] Silos = ["orleansmembershipversiontable", "orleansmembershiptable"];

    // What the clustering provider of Orleans 10 asks for by name.
    private static readonly string[] Keys =
    [
        "CleanupDefunctSiloEntriesKey", "DeleteMembershipTableEntriesKey", "GatewaysQueryKey",
        "InsertMembershipKey", "InsertMembershipVersionKey", "MembershipReadAllKey", "MembershipReadRowKey",
        "UpdateIAmAlivetimeKey", "UpdateMembershipKey",
    ];

    private const string Tables = """
        SELECT name FROM unnest($1) AS name WHERE to_regclass(name) IS NOT NULL
        """;

    private const string Readable = """
        SELECT name FROM unnest($1) AS name WHERE has_table_privilege(name, 'SELECT')
        """;

    private const string Writable = """
        SELECT name FROM unnest($1) AS name
        WHERE has_table_privilege(name, 'SELECT') AND has_table_privilege(name, 'INSERT')
          AND has_table_privilege(name, 'UPDATE') AND has_table_privilege(name, 'DELETE')
        """;

    /// <summary>What was not run, in the order in which to run it; empty: nothing is missing.</summary>
    /// <exception cref="JournalUnreachableException">The database cannot be asked.</exception>
    public static async Task<ImmutableArray<ClusterLack>> ExamineAsync(
        string connectionString, CancellationToken cancel = default)
    {
        await using var source = PostgresConnections.Create(connectionString, pooled: false);
        var queries = new PostgresQueries(source, connectionString);
        var there = await NamesAsync(queries, Tables, [Statements, .. Silos], cancel);
        if (!there.Contains(Statements))
            return [new(MainScript, Statements), new(ClusteringScript, string.Join(", ", Silos))];
        if (Missing(Silos, there) is { } tables)
            return [new(ClusteringScript, tables)];
        if (Missing([Statements], await NamesAsync(queries, Readable, [Statements], cancel)) is { } hidden)
            return [new(Grants, hidden)];
        var known = await NamesAsync(
            queries, $"SELECT querykey::text FROM {Statements} WHERE querykey = ANY($1)", Keys, cancel);
        if (Missing(Keys, known) is { } keys)
            return [new(ClusteringScript, keys)];
        return Missing(Silos, await NamesAsync(queries, Writable, Silos, cancel)) is { } closed
            ? [new(Grants, closed)]
            : [];
    }

    private static string? Missing(string[] wanted, HashSet<string> there) =>
        wanted.Where(name => !there.Contains(name)).ToArray() is { Length: > 0 } missing
            ? string.Join(", ", missing)
            : null;

    private static async Task<HashSet<string>> NamesAsync(
        PostgresQueries queries, string sql, string[] names, CancellationToken cancel) =>
        [.. await queries.ListAsync(sql, command => command.With(names), row => row.GetString(0), cancel)];
}

/// <summary>Something of the cluster's tables is not there.</summary>
/// <param name="Script">The script that makes it.</param>
/// <param name="Missing">What was looked for.</param>
public sealed record ClusterLack(string Script, string Missing);
