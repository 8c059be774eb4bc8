using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;

namespace MallVip.Grains.Orleans;

/// <summary>Puts Orleans into a host.</summary>
public static class ClusterHosting
{
    /// <summary>
    /// How often a call follows a grain that deactivates before its turn; then it is rejected unbegun.
    /// Orleans' own default, 2, is passed when a member's store fails under load.
    /// </summary>
    private const int MostForwards = 100;

    /// <summary>
    /// Adds a silo that is a cluster by itself. Nobody calls it from outside the process, so it has no
    /// gateway, and it listens on whatever port of the loopback is free, whatever port its address names:
    /// any number of them run side by side.
    /// </summary>
    /// <remarks>
    /// Orleans itself runs on the system's clock, whatever clock the host's members live by: one that stands
    /// still or leaps is a fault to it.
    /// </remarks>
    public static void AddClusterOfOne(this IHostApplicationBuilder builder)
    {
        builder.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(gatewayPort: 0);
            silo.Configure<EndpointOptions>(
                ends => ends.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0));
            silo.Configure<GrainCollectionOptions>(
                collection => collection.EnableActivationSheddingOnMemoryPressure = true);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxForwardCount = MostForwards);
            silo.Services.AddSerializer(serializer => serializer.AddRules());
        });
    }
}
