using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>
/// A PostgreSQL of this test run's own, on a Unix socket in a temporary folder, started by the first test
/// that asks; <c>MALLVIP_NO_POSTGRES</c> does without. It ends with the run, however that ends: a shell
/// beside it waits for its input to close.
/// </summary>
internal static class PostgresCluster
{
    // Without sync: what these tests are about does not depend on the disk of one machine.
    private const string Script = """
        set -e
        dir=$(mktemp -d /tmp/mallvip-pg-XXXXXX)
        "$1/initdb" -D "$dir/data" -U mallvip -A trust -E UTF8 --no-locale --no-sync >"$dir/log" 2>&1
        sed -i '1i local all locked scram-sha-256' "$dir/data/pg_hba.conf"
        "$1/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c max_connections=300 \
          >>"$dir/log" 2>&1 &
        pid=$!
        until "$1/pg_isready" -q -h "$dir"; do kill -0 $pid; sleep 0.05; done
        echo "$dir"
        cat >/dev/null || true
        kill -QUIT $pid
        wait $pid || true
        rm -rf "$dir"
        """;

    private static readonly Lazy<string> Socket = new(Start);
    private static int _databases;
    private static Process? _shell;

    /// <summary>The folder of PostgreSQL's programs; null where there are none.</summary>
    public static string? Programs { get; } = Find();

    /// <summary>Makes a database, empty or with the journal's tables.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateAsync(bool migrated = true)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await RunAsync(Connection("postgres"), $"CREATE DATABASE {name}");
        var connection = Connection(name);
        if (migrated)
            await MallVip.Grains.Journal.Migrator.ApplyAsync(connection);
        return connection;
    }

    /// <summary>Ends all sessions of a database, as a crash of the server does.</summary>
    public static Task CutAsync(string connection) => RunAsync(
        Connection("postgres"),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        + $"'{new NpgsqlConnectionStringBuilder(connection).Database}'");

    /// <summary>Runs statements on a connection of their own.</summary>
    public static async Task RunAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }

    private static string Connection(string database) =>
        $"Host={Socket.Value};Username=mallvip;Database={database};Maximum Pool Size=20";

    /// <summary>Runs a script as a user whom PostgreSQL does not refuse; its first argument is the programs'
    /// folder, and it takes commands from its input.</summary>
    internal static Process Shell(string script)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // PostgreSQL refuses to run as root.
        string[] command = string.Equals(Environment.UserName, "root", StringComparison.Ordinal)
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "bash"]
            : ["bash"];
        start.FileName = command[0];
        foreach (var part in (string[])[.. command[1..], "-c", script, "bash", Programs!])
            start.ArgumentList.Add(part);
        return Process.Start(start)!;
    }

    private static string Start()
    {
        _shell = Shell(Script);
        return _shell.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("PostgreSQL did not start; see /tmp/mallvip-pg-*/log.");
    }

    private static string? Find()
    {
        if (OperatingSystem.IsWindows()
            || Environment.GetEnvironmentVariable("MALLVIP_NO_POSTGRES") is not null)
            return null;
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed.Order(StringComparer.Ordinal).Reverse().Concat(onPath).FirstOrDefault(
            folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}
