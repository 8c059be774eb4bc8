using System.Runtime.InteropServices;

namespace MallVip.Grains.Intake;

/// <summary>
/// Queues by key: what waits for one key is handled as one list, in its order, one list at a time; different
/// keys go side by side. Not thread-safe at the way in: one dispatcher adds, in order.
/// </summary>
public sealed class Lanes<TKey, TItem>(Func<TKey, IReadOnlyList<TItem>, Task> handle)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    // Null: the lane runs and nothing waits in it.
    private readonly Dictionary<TKey, List<TItem>?> _waiting = [];

    /// <summary>Adds an item to its lane and starts the lane if it stands still.</summary>
    public void Add(TKey key, TItem item)
    {
        lock (_gate)
        {
            ref var lane = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, key, out var runs);
            if (runs)
            {
                (lane ??= []).Add(item);
                return;
            }
        }

        _ = RunAsync(key, [item]);
    }

    /// <summary>
    /// Handles lists until the lane is empty. <c>handle</c> reports failures through its items.
    /// </summary>
    private async Task RunAsync(TKey key, IReadOnlyList<TItem>? list)
    {
        while (list is not null)
        {
            await handle(key, list);
            list = Next(key);
        }
    }

    private List<TItem>? Next(TKey key)
    {
        lock (_gate)
        {
            var lane = _waiting[key];
            if (lane is null)
                _waiting.Remove(key);
            else
                _waiting[key] = null;
            return lane;
        }
    }
}
