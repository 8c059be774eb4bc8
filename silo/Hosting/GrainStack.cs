using System.Net;
using MallVip.Grains.Members;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
#if ORLEANS
using MallVip.Grains.Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
#endif

namespace MallVip.Silo.Hosting;

/// <summary>The one place that knows which grain runtime was built in.</summary>
public static class GrainStack
{
#if ORLEANS
    public const string Name = "Orleans";

    /// <summary>
    /// Adds the stack's grain runtime to a host: a cluster of one. Nobody calls it from outside the
    /// process, so it has no gateway and listens on whatever port is free, whatever port its address names.
    /// Orleans has no cap on residents; it collects by age.
    /// </summary>
    public static void AddTo(IHostApplicationBuilder builder, int maxResidents)
    {
        _ = maxResidents;
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(gatewayPort: 0);
            silo.Configure<EndpointOptions>(
                ends => ends.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0));
            silo.Services.AddSerializer(serializer => serializer.AddRules());
        });
    }
#else
    public const string Name = "Embedded";

    /// <summary>Adds the stack's grain runtime to a host.</summary>
    public static void AddTo(IHostApplicationBuilder builder, int maxResidents) =>
        builder.Services.AddEmbeddedGrains(
            options => options.MaxResidents = maxResidents, typeof(MemberGrain).Assembly);
#endif
}
