using MallVip.Grains.Tests.Journal.Postgres;

namespace MallVip.System.Tests.Postgres;

/// <summary>
/// Orleans' own SQL scripts for PostgreSQL, from the folder that <c>MALLVIP_ORLEANS_SQL</c> names: they are
/// not part of MallVip.
/// </summary>
internal static class ClusterScripts
{
    public static readonly string[] Names = ["PostgreSQL-Main.sql", "PostgreSQL-Clustering.sql"];

    /// <summary>Null: there are none.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("MALLVIP_ORLEANS_SQL") is { Length: > 0 } folder
        && Names.All(name => File.Exists(Path.Combine(folder, name)))
            ? folder
            : null;

    /// <summary>Runs one on a database.</summary>
    public static async Task RunAsync(string connection, string name) => await PostgresCluster.RunAsync(
        connection, await File.ReadAllTextAsync(Path.Combine(Folder!, name)));
}
