using System.Buffers.Binary;

namespace MallVip.Grains.Journal;

/// <summary>The bytes of a chunk: records of (key, place), sorted by key.</summary>
internal static class KeyChunk
{
    public static void Write(Span<byte> record, KeyAt key)
    {
        key.Key.Write(record);
        BinaryPrimitives.WriteInt64BigEndian(record[EventKey.Size..], key.Pos);
    }

    public static KeyAt Read(ReadOnlySpan<byte> chunk, int index)
    {
        var record = chunk.Slice(KeyRun.RecordSize * index, KeyRun.RecordSize);
        return new KeyAt(EventKey.Read(record), BinaryPrimitives.ReadInt64BigEndian(record[EventKey.Size..]));
    }

    /// <summary>The place of a key in a chunk; 0 when it is not there.</summary>
    public static long Find(ReadOnlySpan<byte> chunk, EventKey key)
    {
        var (low, high) = (0, (chunk.Length / KeyRun.RecordSize) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Read(chunk, middle);
            if (found.Key == key)
                return found.Pos;
            if (found.Key < key)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return 0;
    }
}
