using System.Runtime.InteropServices;

namespace MallVip.Grains.Journal;

/// <summary>The keys that the dedupe index does not hold yet: reserved ones and those written above its
/// checkpoint. Sharded, so that callers rarely meet.</summary>
internal sealed class RecentKeys
{
    private const int Shards = 64;
    private readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Shard())];
    private long _indexed;

    /// <summary>Keys held now.</summary>
    public int Count => _shards.Sum(s => s.Slots.Count);

    /// <summary>The state of a key; reserves it if nobody has it and <paramref name="reserve"/> asks
    /// so.</summary>
    public KeyClaim Claim(EventKey key, bool reserve)
    {
        var shard = ShardOf(key);
        lock (shard.Gate)
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrNullRef(shard.Slots, key);
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref slot))
            {
                if (slot.Pos > 0)
                    return new KeyClaim(KeyClaimKind.Written, slot.Pos, null);
                slot.Fate ??= new TaskCompletionSource<long>(
                    TaskCreationOptions.RunContinuationsAsynchronously);
                return new KeyClaim(KeyClaimKind.InFlight, 0, slot.Fate.Task);
            }

            if (!reserve)
                return default;
            shard.Slots.Add(key, default);
            return new KeyClaim(KeyClaimKind.Reserved, 0, null);
        }
    }

    /// <summary>Gives up a reservation; 0 when it failed, the place when the index knew the key already. A
    /// key that was written meanwhile stays.</summary>
    public void Release(EventKey key, long pos)
    {
        var shard = ShardOf(key);
        TaskCompletionSource<long>? fate = null;
        lock (shard.Gate)
        {
            if (shard.Slots.TryGetValue(key, out var slot) && slot.Pos == 0)
            {
                shard.Slots.Remove(key);
                fate = slot.Fate;
            }
        }

        fate?.TrySetResult(pos);
    }

    /// <summary>The key stands in the journal at a place.</summary>
    /// <returns>The place at which it was known first.</returns>
    public long Written(EventKey key, long pos)
    {
        var shard = ShardOf(key);
        TaskCompletionSource<long>? fate;
        long first;
        lock (shard.Gate)
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(shard.Slots, key, out _);
            fate = slot.Fate;
            slot.Fate = null;
            if (slot.Pos == 0)
                slot.Pos = pos;
            first = slot.Pos;
            if (pos <= Volatile.Read(ref _indexed))
                shard.Slots.Remove(key);
        }

        fate?.TrySetResult(pos);
        return first;
    }

    /// <summary>The index holds everything up to a place: those keys need not be held here.</summary>
    public void Indexed(long upTo, IReadOnlyList<KeyAt> keys)
    {
        Volatile.Write(ref _indexed, upTo);
        Trim();
        Forget(keys, upTo);
    }

    /// <summary>Gives back what a burst took. Called before keys are forgotten: a steady load keeps its
    /// tables, and so do small ones.</summary>
    public void Trim()
    {
        foreach (var shard in _shards)
            shard.Trim();
    }

    /// <summary>The index holds these keys.</summary>
    public void Forget(IReadOnlyList<KeyAt> keys, long upTo = long.MaxValue)
    {
        foreach (var (key, _) in keys)
        {
            var shard = ShardOf(key);
            lock (shard.Gate)
            {
                if (shard.Slots.TryGetValue(key, out var slot) && slot.Pos > 0 && slot.Pos <= upTo)
                    shard.Slots.Remove(key);
            }
        }
    }

    private Shard ShardOf(EventKey key) => _shards[unchecked((int)(ulong)(key.Value >> 64)) & (Shards - 1)];

    private sealed class Shard
    {
        public Lock Gate { get; } = new();

        public Dictionary<EventKey, Slot> Slots { get; } = [];

        public void Trim()
        {
            lock (Gate)
            {
                if (Slots.Capacity > 1_024 && Slots.Count < Slots.Capacity / 8)
                    Slots.TrimExcess();
            }
        }
    }

    private struct Slot
    {
        public long Pos;
        public TaskCompletionSource<long>? Fate;
    }
}
