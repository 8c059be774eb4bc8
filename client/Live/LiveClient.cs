using System.Threading.Channels;

namespace MallVip.Client.Live;

/// <summary>A server-sent event.</summary>
/// <param name="Pos">Its id; null: it is not resumed.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Json">One line of JSON.</param>
public sealed record LiveMessage(long? Pos, string Name, byte[] Json);

/// <summary>
/// One who watches. Messages wait in a bounded queue; who falls behind is dropped, not waited for.
/// </summary>
public sealed class LiveClient(int buffer)
{
    private readonly Channel<LiveMessage> _queue = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(buffer) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Ends after the last message once the client was dropped.</summary>
    public ChannelReader<LiveMessage> Messages => _queue.Reader;

    /// <summary>False: the queue is full, and the client is dropped.</summary>
    public bool Offer(LiveMessage message) => _queue.Writer.TryWrite(message) || !_queue.Writer.TryComplete();
}
