using System.Collections.Concurrent;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace MallVip.Grains.Orleans.Streams;

/// <summary>
/// Brings a request to its member by the member's stream and waits for what becomes of it. A request on a
/// stream is void after <see cref="ValidFor"/>; whoever has heard nothing for <see cref="Patience"/> can call
/// the member without the same request being decided behind the call. At most as many are under way as the
/// inbox delivers at once.
/// </summary>
internal sealed partial class StreamCarrier : IEventCarrier, IStreamSender
{
    /// <summary>From the sender's clock to the member's.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(5);

    /// <summary>Longer by more than two silos that write are usually apart, and by an append.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<MemberAnswer?>> _waiting = [];
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lazy<IStreamProvider> _streams;
    private readonly Lazy<IStreamSender> _self;
    private long _ticket;
    private long _carried;
    private long _called;

    public StreamCarrier(
        IGrainFactory grains, TimeProvider time, IServiceProvider services, ILogger<StreamCarrier> log)
    {
        (_grains, _time, _log) = (grains, time, log);
        _streams = new(() => services.GetRequiredKeyedService<IStreamProvider>(MemberStream.Provider));
        _self = new(() => grains.CreateObjectReference<IStreamSender>(this));
    }

    public long Carried => Interlocked.Read(ref _carried);

    public long Called => Interlocked.Read(ref _called);

    public async Task<MemberAnswer> CarryAsync(MemberId member, MemberRequest request)
    {
        var key = member.ToString();
        if (await AskAsync(key, request) is { } answer)
        {
            Interlocked.Increment(ref _carried);
            return answer;
        }

        Interlocked.Increment(ref _called);
        return await _grains.GetGrain<IMemberGrain>(key).Handle(request);
    }

    public Task Told(long ticket, MemberAnswer? answer)
    {
        if (_waiting.TryRemove(ticket, out var waiting))
            waiting.TrySetResult(answer);
        return Task.CompletedTask;
    }

    /// <summary>Null: it was lost, or came to nothing, and is void.</summary>
    private async Task<MemberAnswer?> AskAsync(string key, MemberRequest request)
    {
        var ticket = Interlocked.Increment(ref _ticket);
        var answer = new TaskCompletionSource<MemberAnswer?>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[ticket] = answer;
        var waiting = answer.Task.WaitAsync(Patience, TimeProvider.System);
        await SendAsync(key, new(
            request with { NotAfter = _time.GetUtcNow() + ValidFor }, _self.Value, ticket));
        try
        {
            return await waiting;
        }
        catch (TimeoutException)
        {
            Lost(_log);
            return null;
        }
        finally
        {
            _waiting.TryRemove(ticket, out _);
        }
    }

    /// <summary>A failure may have come after the stream had it: the answer is waited for either way.
    /// </summary>
    private async Task SendAsync(string key, StreamedRequest request)
    {
        try
        {
            await _streams.Value.GetStream<StreamedRequest>(MemberStream.Namespace, key).OnNextAsync(request);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            NotSent(_log, failure);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "A request on a stream was lost; its member is called instead")]
    private static partial void Lost(ILogger log);

    [LoggerMessage(2, LogLevel.Information, "A request may not have reached its stream")]
    private static partial void NotSent(ILogger log, Exception failure);
}
