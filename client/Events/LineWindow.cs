namespace MallVip.Client.Events;

/// <summary>
/// The events of one upload that await their answers, in order, bounded in bytes. One side enters, one side
/// leaves; they may be different threads.
/// </summary>
public sealed class LineWindow(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<LineTicket> _tickets = new();
    private TaskCompletionSource? _room;
    private long _bytes;

    /// <summary>Waits until the event fits. An event of any size fits an empty window.</summary>
    public async ValueTask EnterAsync(LineTicket ticket, CancellationToken cancellation)
    {
        while (!TryEnter(ticket, out var room))
            await room.WaitAsync(cancellation);
    }

    /// <summary>The oldest event, which has its answer now.</summary>
    /// <exception cref="InvalidOperationException">There are more answers than events.</exception>
    public LineTicket Leave()
    {
        TaskCompletionSource? room;
        LineTicket ticket;
        lock (_lock)
        {
            ticket = _tickets.Dequeue();
            _bytes -= ticket.Bytes;
            room = _room;
            _room = null;
        }

        room?.SetResult();
        return ticket;
    }

    /// <param name="room">What to wait for before trying again.</param>
    private bool TryEnter(LineTicket ticket, out Task room)
    {
        lock (_lock)
        {
            if (_tickets.Count > 0 && _bytes + ticket.Bytes > maxBytes)
            {
                _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
                return false;
            }

            _tickets.Enqueue(ticket);
            _bytes += ticket.Bytes;
            room = Task.CompletedTask;
            return true;
        }
    }
}
