using System.Net;
using System.Net.Sockets;
using MallVip.Grains.Hosting;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Clusters;
using MallVip.Silo.Hosting.Journals;
using MallVip.System.Tests.Crash;

namespace MallVip.System.Tests.Postgres;

/// <summary>What keeps a silo out of a cluster is told before it starts, all of it at once.</summary>
public sealed class ClusterSettingsTests
{
    [Fact]
    public void Every_setting_has_a_default_that_starts()
    {
        Assert.Empty(new ClusterSettings().Examine());
        Assert.Empty(new ClusterSettings { AdvertisedAddress = "silo-1.mall.example" }.Examine());
        Assert.Empty(new ClusterSettings { GatewayPort = "0" }.Examine());
    }

    [Fact]
    public void All_that_is_wrong_is_told_together()
    {
        var faults = new ClusterSettings
        {
            ClusterId = " ",
            ServiceId = new string('s', 151),
            SiloName = "",
            AdvertisedAddress = "0.0.0.0",
            SiloPort = "eleven",
            GatewayPort = "65536",
        }.Examine();
        Assert.Equal(6, faults.Length);
        foreach (var name in new[]
            { "ClusterId", "ServiceId", "SiloName", "AdvertisedAddress", "SiloPort", "GatewayPort" })
            Assert.Contains(faults, fault => fault.Contains($"Cluster:{name}", StringComparison.Ordinal));
        Assert.Single(new ClusterSettings { SiloPort = "30000" }.Examine());
        Assert.Single(new ClusterSettings { SiloPort = "0" }.Examine());
        Assert.Single(new ClusterSettings { AdvertisedAddress = "two words" }.Examine());
    }

    [Fact]
    public async Task The_place_is_what_the_settings_say()
    {
        var seat = await new ClusterSettings { AdvertisedAddress = "localhost", SiloPort = "5" }
            .ResolveAsync("Host=db", default);
        Assert.Equal((5, 30000, "mallvip"), (seat.SiloPort, seat.GatewayPort, seat.ClusterId));
        Assert.Equal("127.0.0.1", seat.Address.ToString());
        Assert.Equal($"{Environment.MachineName}:5", seat.SiloName);
        Assert.DoesNotContain("Host=db", seat.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_over_a_folder_is_refused_and_faults_come_with_those_of_the_journal()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MallVip__Cluster__SiloPort"] = "x",
        };
        var (code, said) = await SiloProcess.RefuseAsync("unused", environment: environment);
        Assert.Equal(2, code);
        Assert.Contains(
            GrainStack.KnowsClusters ? "data folder" : "Stack=Embedded", said, StringComparison.Ordinal);

        environment["MallVip__Journal__Store"] = "Oracle";
        (code, said) = await SiloProcess.RefuseAsync(null, environment: environment);
        Assert.Equal(2, code);
        Assert.Contains("Oracle", said, StringComparison.Ordinal);
        Assert.Contains("MallVip:Cluster", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_configured_is_nothing_wrong() => Assert.Empty(
        ClusterChoice.Of(new ClusterSettings(), JournalChoice.InFolder("data")).Faults);

    [Fact]
    public void A_port_that_is_taken_and_an_address_of_elsewhere_are_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var seat = new ClusterSeat
        {
            ClusterId = "c",
            ServiceId = "s",
            SiloName = "n",
            Address = IPAddress.Loopback,
            SiloPort = ((IPEndPoint)other.LocalEndpoint).Port,
            GatewayPort = 0,
            ConnectionString = "",
        };
        Assert.Contains("SiloPort", Assert.Single(ClusterPorts.Examine(seat)), StringComparison.Ordinal);
        Assert.Contains("no address of this machine", Assert.Single(
            ClusterPorts.Examine(seat with { Address = IPAddress.Parse("192.0.2.1"), GatewayPort = 1 })),
            StringComparison.Ordinal);
        other.Stop();
        Assert.Empty(ClusterPorts.Examine(seat));
    }

    [Fact]
    public async Task The_API_apart_needs_silos_to_be_apart_from()
    {
        var (code, said) = await SiloProcess.RefuseAsync("unused", options: "--api-only");
        Assert.Equal(2, code);
        Assert.Contains("--api-only asks for a cluster", said, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Scripts_that_were_not_run_are_named_in_their_order()
    {
        var connection = await PostgresCluster.CreateAsync(migrated: false);
        Assert.Equal(
            [ClusterTables.MainScript, ClusterTables.ClusteringScript], await ScriptsAsync(connection));

        await PostgresCluster.RunAsync(connection, "CREATE TABLE orleansquery(querykey text)");
        Assert.Equal([ClusterTables.ClusteringScript], await ScriptsAsync(connection));

        // By halves: the tables are there, the statements are not.
        await PostgresCluster.RunAsync(
            connection,
            "CREATE TABLE orleansmembershiptable(); CREATE TABLE orleansmembershipversiontable()");
        var lack = Assert.Single(await ClusterTables.ExamineAsync(connection));
        Assert.Equal(ClusterTables.ClusteringScript, lack.Script);
        Assert.Contains("UpdateMembershipKey", lack.Missing, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> ScriptsAsync(string connection) =>
        (await ClusterTables.ExamineAsync(connection)).Select(lack => lack.Script);
}
