using MallVip.Grains.Hosting;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Migrate;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Import;
using MallVip.System.Tests.Postgres;

namespace MallVip.System.Tests.Cluster;

/// <summary>What Orleans' own scripts make is checked before anything is started.</summary>
public sealed class ScriptTests
{
    [SiloFact]
    public async Task A_silo_and_migrate_name_the_scripts_that_were_not_run_and_are_content_with_all_of_them()
    {
        var connection = await PostgresCluster.CreateAsync();
        await NamedAsync(connection, ClusterTables.MainScript);
        await ClusterScripts.RunAsync(connection, ClusterTables.MainScript);
        await NamedAsync(connection, ClusterTables.ClusteringScript);
        await ClusterScripts.RunAsync(connection, ClusterTables.ClusteringScript);

        Assert.Empty(await ClusterTables.ExamineAsync(connection));
        Assert.Equal(0, (await MigrateAsync(connection)).Code);
    }

    private static async Task NamedAsync(string connection, string script)
    {
        var (code, said) = await SiloProcess.RefuseAsync(
            null, environment: PostgresSilo.Settings(connection));
        Assert.Equal(1, code);
        Assert.Contains($"{script} has not been run", said, StringComparison.Ordinal);
        (code, said) = await MigrateAsync(connection);
        Assert.Equal(1, code);
        Assert.Contains(script, said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> MigrateAsync(string connection)
    {
        var console = new TestConsole();
        var code = await MigrateCommand.RunAsync(
            new() { Store = "PostgreSQL", ConnectionString = connection }, console, default);
        return (code, console.Error.ToString()!);
    }
}
