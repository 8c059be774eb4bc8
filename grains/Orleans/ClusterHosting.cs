using System.Net;
using MallVip.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;

namespace MallVip.Grains.Orleans;

/// <summary>Puts Orleans into a host.</summary>
public static class ClusterHosting
{
    /// <summary>The name under which a silo tells the others its <see cref="ClusterSeat.Build"/>.</summary>
    public const string Build = "mallvip.build";

    /// <summary>
    /// How often a call follows a grain that deactivates before its turn; then it is rejected unbegun.
    /// Orleans' own default, 2, is passed when a member's store fails under load.
    /// </summary>
    private const int MostForwards = 100;

    /// <summary>
    /// Orleans' own defaults suspect a dead silo after fifteen seconds and more; a till waits meanwhile. One
    /// that is wrongly suspected ends and starts again, and loses nothing.
    /// </summary>
    private static readonly Dictionary<string, string?> Prompt = new(StringComparer.Ordinal)
    {
        ["ProbeTimeout"] = "00:00:01",
        ["MaxProbeTimeout"] = "00:00:01.5",
        ["NumMissedProbesLimit"] = "3",
        ["TableRefreshTimeout"] = "00:00:10",
        // How often each says in the table that it lives.
        ["IAmAliveTablePublishTimeout"] = "00:00:05",
    };

    private const int MostConnections = 4;
    private const string Provider = "Npgsql";
    private static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClientLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClientWaits = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds a silo that is a cluster by itself. Nobody calls it from outside the process, so it has no
    /// gateway, and it listens on whatever port of the loopback is free, whatever port its address names:
    /// any number of them run side by side.
    /// </summary>
    /// <remarks>
    /// Orleans itself runs on the system's clock, whatever clock the host's members live by: one that stands
    /// still or leaps is a fault to it.
    /// </remarks>
    public static void AddClusterOfOne(this IHostApplicationBuilder builder) => builder.AddSilo(silo =>
    {
        silo.UseLocalhostClustering(gatewayPort: 0);
        silo.Configure<EndpointOptions>(
            ends => ends.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0));
    });

    /// <summary>
    /// Adds a silo that shares the grains with all others of its cluster. Who is in it stands in the
    /// database; a silo that ends by itself comes out at once, one that is started at the address of a dead
    /// one takes its place at once.
    /// </summary>
    public static void AddCluster(this IHostApplicationBuilder builder, ClusterSeat seat) =>
        builder.AddSilo(silo =>
        {
            silo.Configure<ClusterOptions>(seat.Name);
            silo.Configure<SiloOptions>(options => options.SiloName = seat.SiloName);
            silo.Configure<EndpointOptions>(ends =>
            {
                ends.AdvertisedIPAddress = seat.Address;
                ends.SiloPort = seat.SiloPort;
                ends.GatewayPort = seat.GatewayPort;
            });
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = Provider;
                options.ConnectionString = ConnectionString(seat);
            });
            silo.UseSiloMetadata(new Dictionary<string, string> { [Build] = seat.Build });
            silo.Services.Configure<ClusterMembershipOptions>(Membership(seat).Bind);
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, GoneSilos>();
            silo.Services.AddSingleton<SiloEnd>();
            silo.Services.AddSingleton<IFatalErrorHandler>(
                static services => services.GetRequiredService<SiloEnd>());
        });

    /// <summary>
    /// Adds a client of a cluster, which has no grains. It waits at its start until a silo answers, and later
    /// finds those that have come since.
    /// </summary>
    public static void AddClusterClient(this IHostApplicationBuilder builder, ClusterSeat seat)
    {
        builder.AddRuntime();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(seat.Name);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = ClientLooks);
            client.UseAdoNetClustering(options =>
            {
                options.Invariant = Provider;
                options.ConnectionString = ConnectionString(seat);
            });
            client.UseConnectionRetryFilter(WaitAsync);
            // What was on its way through a gateway that went is not told of otherwise.
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClientPatience);
            client.Services.AddSerializer(serializer => serializer.AddRules());
        });
    }

    private static async Task<bool> WaitAsync(Exception failure, CancellationToken cancellation)
    {
        if (!RuntimeFailures.IsElsewhere(failure))
            return false;
        await Task.Delay(ClientWaits, TimeProvider.System, cancellation);
        return true;
    }

    private static void AddRuntime(this IHostApplicationBuilder builder)
    {
        builder.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        // One for each call that meets a silo that has gone: their callers repeat them.
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Critical);
    }

    private static void AddSilo(this IHostApplicationBuilder builder, Action<ISiloBuilder> join)
    {
        builder.AddRuntime();
        builder.UseOrleans(silo =>
        {
            join(silo);
            silo.Configure<GrainCollectionOptions>(
                collection => collection.EnableActivationSheddingOnMemoryPressure = true);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxForwardCount = MostForwards);
            silo.Services.AddSerializer(serializer => serializer.AddRules());
        });
    }

    private static void Name(this ClusterSeat seat, ClusterOptions options)
    {
        options.ClusterId = seat.ClusterId;
        options.ServiceId = seat.ServiceId;
    }

    /// <summary>Ours by their names, so that a version of Orleans passes over what it does not know; then the
    /// operator's.</summary>
    private static IConfiguration Membership(ClusterSeat seat)
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(Prompt);
        if (seat.Membership is { } section)
            builder.AddConfiguration(section);
        return builder.Build();
    }

    private static string ConnectionString(ClusterSeat seat) =>
        new NpgsqlConnectionStringBuilder(seat.ConnectionString)
        {
            ApplicationName = "mallvip cluster",
            MaxPoolSize = MostConnections,
        }.ConnectionString;
}
