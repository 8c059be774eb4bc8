using System.Buffers.Binary;

namespace MallVip.Grains.Journal;

/// <summary>
/// Every grain's newest place, in memory: 33 bytes a slot, at most 62 per grain. Split into shards, each a
/// table with open addressing and a lock of its own, so that growing stops nobody for long. Thread-safe.
/// </summary>
internal sealed class HeadDirectory
{
    /// <summary>The shards: also the pages of the <c>head</c> table.</summary>
    public const int Shards = IJournal.Shares;

    /// <summary>Bytes of a record in a page.</summary>
    public const int RecordSize = GrainKey.Size + 4 + 8;

    private readonly HeadShard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new HeadShard())];

    /// <summary>Grains known.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var shard in _shards)
            {
                lock (shard)
                    count += shard.Count;
            }

            return count;
        }
    }

    /// <summary>The grain's place; seq 0 when it has no entry.</summary>
    public HeadPlace Get(GrainKey grain)
    {
        var hash = Mix(grain);
        var shard = _shards[hash >> 56];
        lock (shard)
            return shard.Get(grain, (uint)(hash & uint.MaxValue));
    }

    /// <summary>Moves a grain's place forward; an older one changes nothing.</summary>
    public void Set(GrainKey grain, HeadPlace place)
    {
        var hash = Mix(grain);
        var shard = _shards[hash >> 56];
        lock (shard)
            shard.Set(grain, (uint)(hash & uint.MaxValue), place);
    }

    /// <summary>A shard's records as one page.</summary>
    public byte[] Page(int shard)
    {
        lock (_shards[shard])
            return _shards[shard].Records();
    }

    /// <summary>The grains of a shard.</summary>
    public GrainKey[] Grains(int shard)
    {
        var page = Page(shard);
        var grains = new GrainKey[page.Length / RecordSize];
        for (var i = 0; i < grains.Length; i++)
            grains[i] = GrainKey.Read(page.AsSpan(i * RecordSize));
        return grains;
    }

    /// <summary>Takes a page's records in.</summary>
    /// <exception cref="JournalDamagedException">The page is cut.</exception>
    public void Load(ReadOnlySpan<byte> page)
    {
        if (page.Length % RecordSize != 0)
            throw new JournalDamagedException($"A page of heads has {page.Length} bytes.");
        for (; !page.IsEmpty; page = page[RecordSize..])
        {
            Set(GrainKey.Read(page), new HeadPlace(
                BinaryPrimitives.ReadUInt32BigEndian(page[GrainKey.Size..]),
                BinaryPrimitives.ReadInt64BigEndian(page[(GrainKey.Size + 4)..])));
        }
    }

    private static ulong Mix(GrainKey grain)
    {
        unchecked
        {
            var x = (ulong)grain.Id ^ ((ulong)(grain.Id >> 64) * 0x9E3779B97F4A7C15UL);
            x ^= (ulong)grain.Kind << 48;
            x = (x ^ (x >> 31)) * 0xBF58476D1CE4E5B9UL;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
            return x ^ (x >> 31);
        }
    }
}
