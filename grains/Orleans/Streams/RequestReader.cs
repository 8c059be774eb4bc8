using MallVip.Grains.Members;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace MallVip.Grains.Orleans.Streams;

/// <summary>
/// Takes a member's requests off its stream, in their order, and tells each sender what came of it. The
/// stream hears of no failure, or it would bring the same request again after its sender has given it up.
/// </summary>
internal sealed partial class RequestReader(IMemberGrain member, ILogger log)
    : IAsyncObserver<StreamedRequest>
{
    public async Task OnNextAsync(StreamedRequest item, StreamSequenceToken? token = null) =>
        await item.Sender.Told(item.Ticket, await TryAsync(item.Request));

    public Task OnErrorAsync(Exception ex)
    {
        Broke(log, ex);
        return Task.CompletedTask;
    }

    private async Task<MemberAnswer?> TryAsync(MemberRequest request)
    {
        try
        {
            var answer = await member.Handle(request);
            return answer.Status == AnswerStatus.TooLate ? null : answer;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Failed(log, failure);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A request from a stream failed; its sender calls instead")]
    private static partial void Failed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "A stream of requests broke off; their senders call instead")]
    private static partial void Broke(ILogger log, Exception failure);
}
