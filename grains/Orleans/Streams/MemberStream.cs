using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Streams;

namespace MallVip.Grains.Orleans.Streams;

/// <summary>
/// The streams that bring what waited in an inbox to members: one for each member, which its grain
/// subscribes to by what it is. They live in the silos' memory; the inbox is what lasts.
/// </summary>
public static class MemberStream
{
    /// <summary>The streams' namespace; a stream's key is the member's.</summary>
    internal const string Namespace = "accepted";

    /// <summary>The provider's name.</summary>
    internal const string Provider = "members";

    /// <summary>How often each of the eight queues is looked into; an event waits half of it on average.
    /// </summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>A queue's agent remembers each member's stream for so long; there are many members.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    /// <summary>Adds the streams to a silo, and sends what it delivers by them.</summary>
    public static void AddMemberStreams(this IHostApplicationBuilder builder)
    {
        builder.UseOrleans(silo =>
            silo.AddMemoryStreams(Provider, streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigurePullingAgent(agent => agent.Configure(Limit));
                streams.ConfigureCacheEviction(cache => cache.Configure(Limit));
            }));
        builder.AddCarrier();
    }

    /// <summary>Sends what a client of a cluster delivers by the silos' streams.</summary>
    public static void AddMemberStreamsOfClient(this IHostApplicationBuilder builder)
    {
        builder.UseOrleansClient(client =>
            client.AddMemoryStreams(
                Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly)));
        builder.AddCarrier();
    }

    private static void AddCarrier(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<Intake.IEventCarrier, StreamCarrier>();

    private static void Limit(StreamPullingAgentOptions agent)
    {
        agent.GetQueueMsgsTimerPeriod = LookEvery;
        agent.MaxEventDeliveryTime = StreamCarrier.ValidFor;
        agent.StreamInactivityPeriod = ForgottenAfter;
    }

    /// <summary>Nobody reads backwards: what was delivered need not be kept.</summary>
    private static void Limit(StreamCacheEvictionOptions cache)
    {
        cache.DataMinTimeInCache = StreamCarrier.ValidFor;
        cache.DataMaxAgeInCache = StreamCarrier.ValidFor * 2;
        cache.MetadataMinTimeInCache = StreamCarrier.ValidFor * 2;
    }
}
