namespace MallVip.Grains.Embedded;

/// <summary>One step of an activation's turn.</summary>
internal abstract class WorkItem
{
    /// <summary>The next in the queue that holds this item.</summary>
    internal WorkItem? Next;

    /// <summary>Arrival number within the activation; wraps around.</summary>
    internal uint Order;

    /// <summary>Runs inside the activation's turn and does not throw.</summary>
    internal abstract void Run(Activation activation);
}

/// <summary>What an await left to do.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state) : WorkItem
{
    internal override void Run(Activation activation)
    {
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            // Only async void and hand-made posts throw here; awaited code carries its exceptions in its
            // task.
            activation.Type.Runtime.Log.ContinuationThrew(activation.Type.Name, error);
        }
    }
}

/// <summary>First in, first out, by links in the items: an empty queue costs one pointer.</summary>
internal struct WorkQueue
{
    private WorkItem? _tail;

    internal readonly bool IsEmpty => _tail is null;

    internal readonly WorkItem? Head => _tail?.Next;

    internal void Add(WorkItem item)
    {
        item.Next = _tail is null ? item : _tail.Next;
        if (_tail is not null)
            _tail.Next = item;
        _tail = item;
    }

    internal WorkItem Take()
    {
        var head = _tail!.Next!;
        if (ReferenceEquals(head, _tail))
            _tail = null;
        else
            _tail.Next = head.Next;
        head.Next = null;
        return head;
    }

    internal readonly WorkItem? After(WorkItem item) => ReferenceEquals(item, _tail) ? null : item.Next;
}
