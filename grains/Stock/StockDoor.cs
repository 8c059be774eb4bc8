using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;

namespace MallVip.Grains.Stock;

/// <summary>Who has come while the last pieces are on their way, in the order in which they came; the same
/// piece waits once.</summary>
internal sealed class StockDoor
{
    private readonly Queue<StockOrder> _line = new();
    private readonly Dictionary<string, (StockOrder Order, TaskCompletionSource<Task<StockAnswer>> Turn)>
        _waiting = new(StringComparer.Ordinal);

    public bool IsEmpty => _line.Count == 0;

    /// <summary>Null: nobody waits for this piece.</summary>
    public StockOrder? Find(string piece) =>
        _waiting.TryGetValue(piece, out var waits) ? waits.Order : null;

    /// <summary>Ends with the answer.</summary>
    public Task<StockAnswer> Wait(StockOrder order)
    {
        if (!_waiting.TryGetValue(order.Piece, out var waits))
        {
            _waiting.Add(order.Piece, waits = (order, new()));
            _line.Enqueue(order);
        }

        return waits.Turn.Task.Unwrap();
    }

    /// <summary>Lets the first one in.</summary>
    public void LetIn(Func<StockOrder, Task<StockAnswer>> decide)
    {
        _waiting.Remove(_line.Dequeue().Piece, out var first);
        var (order, turn) = first;
        try
        {
            turn.SetResult(decide(order));
        }
        catch (Exception failure) when (failure is JournalException or ProgrammeNotLoadedException)
        {
            turn.SetException(failure);
        }
    }
}
