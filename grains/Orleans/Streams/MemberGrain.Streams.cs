using MallVip.Grains.Orleans.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams.Core;

namespace MallVip.Grains.Members;

/// <summary>Subscribes to the stream of its own key, where there are streams.</summary>
[ImplicitStreamSubscription(MemberStream.Namespace)]
public sealed partial class MemberGrain : IStreamSubscriptionObserver
{
    /// <summary>The first request since the grain came to life is on its way.</summary>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        var log = ServiceProvider.GetRequiredService<ILogger<RequestReader>>();
        return handleFactory.Create<StreamedRequest>().ResumeAsync(new RequestReader(this, log));
    }
}
