namespace MallVip.Grains.Journal;

/// <summary>
/// A sorted, immutable stretch of the dedupe index: its keys lie in chunks in the file, in memory only the
/// first key of each chunk and a filter.
/// </summary>
internal sealed class KeyRun(long id, int level, long count, EventKey[] fences, BloomFilter filter)
{
    private const int ChunkBits = 24;

    /// <summary>Keys in a full chunk: with its check it fills one page of 8 KiB, without an
    /// overflow page.</summary>
    public const int ChunkKeys = 320;

    /// <summary>Bytes of a key and its place.</summary>
    public const int RecordSize = EventKey.Size + 8;

    public long Id { get; } = id;

    public int Level { get; } = level;

    public long Count { get; } = count;

    public int Chunks => fences.Length;

    /// <summary>The row of a chunk.</summary>
    public static long ChunkRow(long run, int chunk) => (run << ChunkBits) | (uint)chunk;

    /// <summary>The run that a chunk's row belongs to, as SQL over the row's id.</summary>
    public const string RunOfRow = "(id >> 24)";

    /// <summary>The chunk that would hold a key; -1 when the run does not have it.</summary>
    public int ChunkOf(EventKey key)
    {
        if (!filter.MayContain(key))
            return -1;
        var at = Array.BinarySearch(fences, key);
        return at >= 0 ? at : ~at - 1;
    }

    public static byte[] FenceBytes(IReadOnlyList<EventKey> fences)
    {
        var bytes = new byte[EventKey.Size * fences.Count];
        for (var i = 0; i < fences.Count; i++)
            fences[i].Write(bytes.AsSpan(EventKey.Size * i));
        return bytes;
    }

    public static EventKey[] ReadFences(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % EventKey.Size != 0)
            throw new JournalDamagedException($"The fences of a run have {bytes.Length} bytes.");
        var fences = new EventKey[bytes.Length / EventKey.Size];
        for (var i = 0; i < fences.Length; i++)
            fences[i] = EventKey.Read(bytes[(EventKey.Size * i)..]);
        return fences;
    }
}
