using System.Globalization;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Npgsql;
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
        await Waiting.PatientlyAsync(() => IsLateAsync(cluster.Connection));

        // Orleans probes it, and puts it out as it does with any that does not answer.
        var others = await cluster.AddAsync(1);
        Assert.Equal(0, Count(others[0].Said, "was taken out of the cluster"));

        await cluster.Silos[0].ResumeAsync();
        Assert.Equal(1, await cluster.Silos[0].EndedAsync());
        await cluster.StopAsync();
    }

    private static async Task<bool> IsLateAsync(string connection)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var late = new NpgsqlCommand(
            "SELECT max(iamalivetime) < now() - interval '11 s' FROM orleansmembershiptable", open);
        return await late.ExecuteScalarAsync() is true;
    }

    private static int Count(string text, string part) =>
        text.Split(part, StringSplitOptions.None).Length - 1;
}
