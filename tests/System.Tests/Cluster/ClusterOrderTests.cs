using MallVip.Client.Health;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Cluster;

/// <summary>What does not belong together is refused, or told.</summary>
public sealed class ClusterOrderTests
{
    [SiloFact]
    public async Task A_silo_of_another_cluster_is_refused_on_the_same_database_until_the_first_has_ended()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1);
        var settings = PostgresSilo.Settings(cluster.Connection);
        settings["MallVip__Cluster__ClusterId"] = "night";

        var (code, said) = await SiloProcess.RefuseAsync(null, environment: settings);
        await cluster.StopAsync();
        await using var alone = await SiloProcess.ServeAsync(null, environment: settings);

        Assert.Equal(2, code);
        Assert.Contains(
            "MallVip:Cluster:ClusterId is 'night', but silos of cluster 'mallvip' use database 'test", said,
            StringComparison.Ordinal);
        await alone.AskToEndAsync();
        Assert.Equal(0, await alone.EndedAsync());
    }

    [SiloFact]
    public async Task Silos_of_different_builds_share_the_members_and_say_that_they_differ()
    {
        await using var cluster = await ClusterHost.StartAsync(silos: 2);
        Assert.All(await ProbeAsync(cluster), said => Assert.False(said.IsDegraded));

        await cluster.AddAsync(build: "0.2.0 (00000007)");

        await Waiting.PatientlyAsync(async () =>
            (await ProbeAsync(cluster)).All(said => said.IsReady && said.IsDegraded));
        foreach (var said in await ProbeAsync(cluster))
            Assert.Contains("silo-3 0.2.0 (00000007)", said.Details[^1].ToString(), StringComparison.Ordinal);
        await cluster.AuditAsync();
    }

    private static async Task<Readiness[]> ProbeAsync(ClusterHost cluster)
    {
        var all = new List<Readiness>();
        foreach (var silo in cluster.Silos)
        {
            var probe = silo.Services.GetServices<IReadinessProbe>().Single(each => each.Name == "cluster");
            all.Add(await probe.CheckAsync(default));
        }

        return [.. all];
    }
}
