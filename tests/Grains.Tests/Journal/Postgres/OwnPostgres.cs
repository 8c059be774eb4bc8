using System.Diagnostics;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>
/// A PostgreSQL that one test may restart, kill and replace by its standby. A shell beside it takes commands
/// and removes all of it when the test is over, however that ends.
/// </summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private const string Script = """
        dir=$(mktemp -d /tmp/mallvip-pg-XXXXXX)
        mkdir "$dir/at-primary" "$dir/at-standby"
        cleanup() {
          for one in primary standby; do
            [ ! -f "$dir/$one/postmaster.pid" ] || "$1/pg_ctl" -D "$dir/$one" -m immediate stop
          done
          rm -rf "$dir"
        }
        start() {
          "$1/pg_ctl" -D "$dir/$2" -l "$dir/$2.log" -w -t 60 \
            -o "-k $dir/at-$2 -c listen_addresses= -c cluster_name=$2" start
        }
        init() {
          "$1/initdb" -D "$dir/primary" -U mallvip -A trust -E UTF8 --no-locale --no-sync \
            && start "$1" primary
        }
        standby() {
          "$1/pg_basebackup" -h "$dir/at-primary" -U mallvip -D "$dir/standby" -R -X stream -c fast --no-sync \
            && start "$1" standby
        }
        restart() { "$1/pg_ctl" -D "$dir/primary" -l "$dir/primary.log" -w -m "$2" restart; }
        stop() { "$1/pg_ctl" -D "$dir/$2" -w -m immediate stop; }
        promote() { "$1/pg_ctl" -D "$dir/standby" -w promote; }
        echo "$dir"
        while read -r command argument; do
          if "$command" "$1" "$argument" >"$dir/said" 2>&1 </dev/null
          then echo ok; else cat "$dir/said"; echo failed; fi
        done
        cleanup "$1" >/dev/null 2>&1
        """;

    private readonly Process _shell;
    private readonly string _folder;

    private OwnPostgres(Process shell, string folder) => (_shell, _folder) = (shell, folder);

    /// <summary>Starts one, with an empty database.</summary>
    public static async Task<OwnPostgres> StartAsync()
    {
        var shell = PostgresCluster.Shell(Script);
        var server = new OwnPostgres(shell, (await shell.StandardOutput.ReadLineAsync())!);
        await server.DoAsync("init");
        return server;
    }

    /// <summary>To the primary; or to whoever is the primary, of both.</summary>
    public string Connection(bool orStandby = false) =>
        $"Host={_folder}/at-primary{(orStandby ? $",{_folder}/at-standby" : "")};"
        + "Username=mallvip;Database=postgres"
        + (orStandby ? ";Target Session Attributes=primary" : "");

    /// <param name="mode"><c>fast</c>: sessions are ended; <c>immediate</c>: a crash, and recovery.</param>
    public Task RestartAsync(string mode) => DoAsync($"restart {mode}");

    /// <summary>Ends all sessions, as the server does with those that are silent for too long.</summary>
    public Task CutAsync() => PostgresCluster.RunAsync(
        Connection(),
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        + "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");

    /// <summary>Makes a standby and waits for it at each commit from now on.</summary>
    public async Task AddSynchronousStandbyAsync()
    {
        await DoAsync("standby");
        await RequireStandbyAsync();
    }

    /// <summary>Commits wait for a standby that is not there. The server's checkpointer tells all sessions of
    /// the setting some time after it is reloaded: until then commits are not held up.</summary>
    public async Task RequireMissingStandbyAsync()
    {
        await RequireStandbyAsync();
        await using var open = new NpgsqlConnection(Connection() + ";Pooling=false;Command Timeout=1");
        await open.OpenAsync();
        var isHeldUp = false;
        open.Notice += (_, _) => isHeldUp = true;
        await using var command = new NpgsqlCommand("SELECT pg_logical_emit_message(true, 'test', '')", open);
        while (!isHeldUp)
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException held) when (held.InnerException is TimeoutException)
            {
                isHeldUp = true;
            }
    }

    private async Task RequireStandbyAsync()
    {
        await PostgresCluster.RunAsync(
            Connection(), "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        await PostgresCluster.RunAsync(Connection(), "SELECT pg_reload_conf()");
    }

    /// <summary>Crashes the primary for good and makes the standby the primary.</summary>
    public async Task FailOverAsync()
    {
        await DoAsync("stop primary");
        await DoAsync("promote");
    }

    /// <summary>Starts the standby again, or stops it.</summary>
    public Task SetStandbyAsync(bool running) => DoAsync(running ? "start standby" : "stop standby");

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private async Task DoAsync(string command)
    {
        await _shell.StandardInput.WriteLineAsync(command);
        await _shell.StandardInput.FlushAsync();
        var said = "";
        while (await _shell.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ok")
                return;
            if (line == "failed")
                break;
            said += line + "\n";
        }

        Assert.Fail($"{command}: {said}");
    }
}
