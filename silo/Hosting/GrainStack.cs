using System.Collections.Frozen;
using MallVip.Grains.Hosting;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting.Features;
#if ORLEANS
using MallVip.Client.Health;
using MallVip.Grains.Orleans.Matching;
using MallVip.Grains.Orleans.Streams;
using MallVip.Silo.Orleans;
using Microsoft.Extensions.DependencyInjection;
#else
using MallVip.Client.Runtime;
using MallVip.Grains.Members;
using MallVip.Silo.Embedded;
using Microsoft.Extensions.DependencyInjection;
#endif
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace MallVip.Silo.Hosting;

/// <summary>The one place that knows which grain runtime was built in.</summary>
public static class GrainStack
{
#if ORLEANS
    public const string Name = "Orleans";

    /// <summary>Whether silos can share one journal.</summary>
    public static bool KnowsClusters => true;

    /// <summary>Matchers beside MallVip's own, by the name of the setting.</summary>
    public static FrozenDictionary<string, IMatcherBuilder> Matchers { get; } =
        new Dictionary<string, IMatcherBuilder> { ["NRules"] = NRulesMatcher.Builder }
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Adds the stack's grain runtime to a host. Orleans has no cap on residents: it collects by age, and
    /// sheds the oldest when memory runs short.
    /// </summary>
    public static void AddTo(
        IHostApplicationBuilder builder, int maxResidents, ClusterSeat? seat = null,
        StackFeatures? features = null)
    {
        _ = maxResidents;
        if (seat is null)
            builder.AddClusterOfOne();
        else if (seat.IsClient)
            builder.AddClusterClient(seat);
        else
            builder.AddCluster(seat);
        if (seat is { IsClient: true })
            builder.Services.AddSingleton<IReadinessProbe, GatewayProbe>();
        else if (seat is not null)
            builder.Services.AddSingleton<IReadinessProbe, ClusterProbe>();
        AddFeatures(builder, seat is { IsClient: true }, features ?? StackFeatures.None);
    }

    private static void AddFeatures(IHostApplicationBuilder builder, bool isClient, StackFeatures features)
    {
        if (features.Inbox == InboxWay.Memory && isClient)
            builder.AddMemberStreamsOfClient();
        else if (features.Inbox == InboxWay.Memory)
            builder.AddMemberStreams();
        if (features.DashboardPort is not null)
            DashboardPage.AddTo(builder);
    }

    /// <summary>Maps what the stack shows of itself.</summary>
    public static void MapTo(WebApplication app, StackFeatures features)
    {
        if (features.DashboardPort is { } port)
            DashboardPage.Map(app, port);
    }

    /// <summary>Why the runtime cannot go on; completes when it cannot.</summary>
    public static Task<string> EndOf(IServiceProvider services) =>
        services.GetService<SiloEnd>()?.Reason ?? new TaskCompletionSource<string>().Task;
#else
    public const string Name = "Embedded";

    /// <summary>Whether silos can share one journal.</summary>
    public static bool KnowsClusters => false;

    /// <summary>Matchers beside MallVip's own, by the name of the setting.</summary>
    public static FrozenDictionary<string, IMatcherBuilder> Matchers =>
        FrozenDictionary<string, IMatcherBuilder>.Empty;

    /// <summary>Adds the stack's grain runtime to a host, which is alone.</summary>
    public static void AddTo(
        IHostApplicationBuilder builder, int maxResidents, ClusterSeat? seat = null,
        StackFeatures? features = null)
    {
        _ = (seat, features);
        builder.Services
            .AddEmbeddedGrains(options => options.MaxResidents = maxResidents, typeof(MemberGrain).Assembly)
            .AddSingleton<IGrainFigures, EmbeddedFigures>();
    }

    /// <summary>Maps what the stack shows of itself: nothing.</summary>
    public static void MapTo(WebApplication app, StackFeatures features) => _ = (app, features);

    /// <summary>Why the runtime cannot go on; never completes.</summary>
    public static Task<string> EndOf(IServiceProvider services)
    {
        _ = services;
        return new TaskCompletionSource<string>().Task;
    }
#endif
}
