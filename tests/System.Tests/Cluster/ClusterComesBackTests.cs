using System.Globalization;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>Nobody has to tell a cluster that its silos have died.</summary>
public sealed class ClusterComesBackTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(2);

    [SiloFact]
    public async Task A_cluster_that_died_as_a_whole_comes_back_at_other_addresses_by_itself()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        var before = new ClusterLoad([.. cluster.Silos]);
        await before.StartAsync();
        await before.RunForAsync(Phase);
        await before.EndAsync();

        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
        var others = await cluster.AddAsync(3);

        var slowest = others.Max(silo => silo.ReadyAfter);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"all three ready {slowest.TotalMilliseconds:F0} ms after"));
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(45));
        Assert.Equal(3, others.Sum(silo => Count(silo.Said, "is gone, and was taken out of the cluster")));
        var after = new ClusterLoad(others) { First = 1_000_000 };
        await after.StartAsync();
        await after.RunForAsync(Phase);
        await after.EndAsync();
        await cluster.StopAsync();
        await ClusterFigures.JudgeAsync(before, cluster.Connection, output);
        await ClusterFigures.JudgeAsync(after, cluster.Connection, output);
    }

    [SiloFact]
    public async Task A_silo_that_only_stands_still_is_not_taken_for_gone()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1);
        await cluster.Silos[0].PauseAsync();
        var settings = PostgresSilo.Settings(cluster.Connection);

        // Orleans gives up joining; it would not have to if the first were declared dead.
        settings["MallVip__Cluster__Membership__MaxJoinAttemptTime"] = "00:00:15";
        var (code, said) = await SiloProcess.RefuseAsync(null, environment: settings);

        Assert.NotEqual(0, code);
        Assert.DoesNotContain("was taken out of the cluster", said, StringComparison.Ordinal);
        await cluster.Silos[0].ResumeAsync();
        await Waiting.PatientlyAsync(async () =>
        {
            using var ready = await cluster.Silos[0].Http.GetAsync("/readyz");
            return ready.IsSuccessStatusCode;
        });
        await cluster.StopAsync();
    }

    private static int Count(string text, string part) =>
        text.Split(part, StringSplitOptions.None).Length - 1;
}
