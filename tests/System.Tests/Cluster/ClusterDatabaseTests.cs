using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>Three silos under load over a PostgreSQL of their own that is cut off, restarted or replaced: the
/// journal and the list of silos are in it.</summary>
public sealed class ClusterDatabaseTests(ITestOutputHelper output)
{
    private const int Some = 500;

    [SiloFact]
    public Task Silos_that_are_cut_from_their_database_go_on() => GoesOnAsync(static async (server, load) =>
    {
        for (var cut = 0; cut < 3; cut++)
        {
            await server.CutAsync();
            await load.MoreAsync(Some);
        }
    });

    [SiloTheory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public Task Silos_go_on_when_their_database_was_restarted(string mode) =>
        GoesOnAsync((server, _) => server.RestartAsync(mode));

    [SiloFact]
    public async Task Silos_whose_synchronous_standby_takes_over_end_and_the_next_find_all_they_answered()
    {
        await using var server = await PreparedAsync();
        await server.AddSynchronousStandbyAsync();
        await using var cluster = await ClusterProcesses.StartAsync(server.Connection(orStandby: true), 3);
        var load = new ClusterLoad([.. cluster.Silos]);
        await load.StartAsync();
        await load.MoreAsync(Some);

        await server.FailOverAsync();
        foreach (var silo in cluster.Silos)
            Assert.Equal(1, await silo.EndedAsync());
        await load.GiveUpAsync();
        var before = load.Answers.Select(answer => answer.Id).ToArray();
        var next = await cluster.AddAsync(3);
        var after = new ClusterLoad(next) { First = 1_000_000 };
        await after.StartAsync();
        await after.MoreAsync(Some);
        await after.EndAsync();
        await cluster.StopAsync();

        output.WriteLine($"{before.Length} events before, {after.Answers.Count} after");
        await ClusterFigures.JudgeAsync(after, server.Connection(orStandby: true), output, before);
    }

    private async Task GoesOnAsync(Func<OwnPostgres, ClusterLoad, Task> trouble)
    {
        await using var server = await PreparedAsync();
        await using var cluster = await ClusterProcesses.StartAsync(server.Connection(), 3);
        var load = new ClusterLoad([.. cluster.Silos]);
        await load.StartAsync();
        var before = load.Now;
        await load.MoreAsync(Some);
        var during = load.Now;
        await trouble(server, load);
        await load.MoreAsync(1);
        var after = load.Now;
        await load.MoreAsync(Some);
        await load.EndAsync();

        ClusterFigures.Print(load, output, ("before", before), ("during", during), ("after", after));
        await cluster.StopAsync();
        if (load.Faults.Count > 0)
            output.WriteLine(string.Join("\n", cluster.Silos.Select(silo => silo.Said)));
        await ClusterFigures.JudgeAsync(load, server.Connection(), output);
    }

    private static async Task<OwnPostgres> PreparedAsync()
    {
        var server = await OwnPostgres.StartAsync();
        await Migrator.ApplyAsync(server.Connection());
        await PostgresSilo.PrepareAsync(server.Connection());
        return server;
    }
}
