using System.Globalization;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Postgres;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>
/// Three silos in processes of their own over one PostgreSQL, under load over HTTP at all three.
/// <c>MALLVIP_CLUSTER_SECONDS=N</c> makes each phase N seconds long in place of 5.
/// </summary>
public sealed class ClusterProcessTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Phase =
        TimeSpan.FromSeconds(Engine.Setting.Number("MALLVIP_CLUSTER_SECONDS", 5));

    [SiloFact]
    public async Task A_silo_is_killed_under_load_and_no_acknowledged_event_is_lost_or_doubled()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        var load = new ClusterLoad([.. cluster.Silos]);
        await load.StartAsync();
        var before = load.Now;
        await load.RunForAsync(Phase);

        await cluster.Silos[2].KillAsync();
        var during = load.Now;
        await load.RunForAsync(2 * Phase);
        var after = load.Now;
        await load.RunForAsync(Phase);
        await load.EndAsync();

        ClusterFigures.Print(load, output, ("before", before), ("during", during), ("after", after));
        await cluster.StopAsync();
        await ClusterFigures.JudgeAsync(load, cluster.Connection, output);
    }

    [SiloFact]
    public async Task A_silo_that_stood_still_is_put_out_and_what_it_still_writes_costs_nobody_an_event()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        var load = new ClusterLoad([.. cluster.Silos]);
        await load.StartAsync();
        var before = load.Now;
        await load.RunForAsync(Phase);

        await cluster.Silos[2].PauseAsync();
        var during = load.Now;
        await load.RunForAsync(3 * Phase);
        var resumed = load.Now;
        await cluster.Silos[2].ResumeAsync();
        var code = await cluster.Silos[2].EndedAsync();
        var ended = load.Now - resumed;
        await load.RunForAsync(Phase);
        await load.EndAsync();

        ClusterFigures.Print(load, output, ("before", before), ("still", during), ("resumed", resumed));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"it ended {ended.TotalMilliseconds:F0} ms after it was resumed"));
        Assert.Equal(1, code);
        Assert.Contains("declared this one dead", cluster.Silos[2].Said, StringComparison.Ordinal);
        await cluster.StopAsync();
        await ClusterFigures.JudgeAsync(load, cluster.Connection, output);
    }

    [SiloFact]
    public async Task The_API_apart_from_the_silos_answers_while_one_of_them_is_killed()
    {
        await using var cluster = await ClusterProcesses.StartAsync(2);
        await using var client = await cluster.StartClientAsync();
        var load = new ClusterLoad(client);
        await load.StartAsync();
        var before = load.Now;
        await load.RunForAsync(Phase);

        await cluster.Silos[1].KillAsync();
        var during = load.Now;
        await load.RunForAsync(2 * Phase);
        await load.EndAsync();
        var ready = await client.Http.GetStringAsync("/readyz");

        ClusterFigures.Print(load, output, ("before", before), ("during", during));
        Assert.Contains(
            "1 silos are in the cluster; this process is its client.", ready, StringComparison.Ordinal);
        await client.AskToEndAsync();
        Assert.Equal(0, await client.EndedAsync());
        await cluster.StopAsync();
        await ClusterFigures.JudgeAsync(load, cluster.Connection, output);
    }

    [SiloFact]
    public async Task A_silo_that_is_started_again_at_its_address_takes_its_old_place_at_once()
    {
        await using var cluster = await ClusterProcesses.StartAsync(2);
        var load = new ClusterLoad([.. cluster.Silos]);
        await load.StartAsync();
        await load.RunForAsync(Phase);

        await cluster.Silos[1].KillAsync();
        await using var again = await cluster.StartAgainAsync(1);
        await load.RunForAsync(Phase);
        await load.EndAsync();

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ready {again.ReadyAfter.TotalMilliseconds:F0} ms after it was started"));
        await again.AskToEndAsync();
        Assert.Equal(0, await again.EndedAsync());
        await cluster.StopAsync();
        await ClusterFigures.JudgeAsync(load, cluster.Connection, output);
    }
}
