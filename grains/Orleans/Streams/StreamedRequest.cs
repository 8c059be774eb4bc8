using MallVip.Grains.Members;

namespace MallVip.Grains.Orleans.Streams;

/// <summary>A request on a member's stream, and who waits for its answer.</summary>
/// <param name="Sender">Told once the answer is known; it may be gone by then.</param>
/// <param name="Ticket">By which the sender knows it.</param>
[GenerateSerializer, Immutable]
public sealed record StreamedRequest(
    [property: Id(0)] MemberRequest Request,
    [property: Id(1)] IStreamSender Sender,
    [property: Id(2)] long Ticket);

/// <summary>Who has put a request on a stream.</summary>
public interface IStreamSender : IGrainObserver
{
    /// <summary>What became of it.</summary>
    /// <param name="answer">Null: nothing, and it will not be tried again by the stream.</param>
    [OneWay]
    Task Told(long ticket, MemberAnswer? answer);
}
