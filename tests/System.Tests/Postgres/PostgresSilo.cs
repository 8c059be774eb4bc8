using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Silo.Hosting;
using Npgsql;

namespace MallVip.System.Tests.Postgres;

/// <summary>How a silo's process is told to keep its journal in PostgreSQL.</summary>
internal static class PostgresSilo
{
    /// <summary>A server key.</summary>
    public static readonly string Key = new('7', 64);

    /// <summary>Makes a database on which a silo of this stack can start.</summary>
    public static async Task<string> CreateAsync()
    {
        var connection = await PostgresCluster.CreateAsync();
        if (GrainStack.KnowsClusters)
            await PrepareAsync(connection);
        return connection;
    }

    /// <summary>Runs the scripts that are an operator's to run.</summary>
    public static async Task PrepareAsync(string connection)
    {
        foreach (var name in ClusterScripts.Names)
            await ClusterScripts.RunAsync(connection, name);
    }

    public static Dictionary<string, string> Settings(string connection)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MallVip__Journal__Store"] = "PostgreSQL",
            ["MallVip__Journal__ConnectionString"] = connection,
            ["MallVip__Journal__ServerKey"] = Key,
        };
        if (GrainStack.KnowsClusters)
        {
            settings["MallVip__Cluster__SiloPort"] = FreePort();
            settings["MallVip__Cluster__GatewayPort"] = FreePort();
        }

        return settings;
    }

    /// <summary>How many rows a table has.</summary>
    public static async Task<long> CountAsync(string connection, string table)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A port that nobody listened on just now.</summary>
    public static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
