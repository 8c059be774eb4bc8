using System.Buffers.Binary;
using System.Text;

namespace MallVip.Grains.Journal;

/// <summary>
/// Rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"): a signature, then per
/// row the number of fields and each field with its length, then -1. Used by one thread at a time.
/// </summary>
internal sealed class CopyBuffer
{
    private const int Kept = 4 << 20;
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Begin()
    {
        if (_bytes.Length > Kept)
            _bytes = new byte[1 << 16];
        _length = 0;
        ReadOnlySpan<byte> header =
            [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
        header.CopyTo(Take(header.Length));
    }

    public void Row(short fields) => BinaryPrimitives.WriteInt16BigEndian(Take(2), fields);

    public void End() => BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);

    public void Int64(long value)
    {
        var field = Field(8);
        BinaryPrimitives.WriteInt64BigEndian(field, value);
    }

    public void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Field(size));
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Field(value.Length));

    /// <summary>A field of so many bytes, to be filled at once.</summary>
    public Span<byte> Field(int size)
    {
        var field = Take(4 + size);
        BinaryPrimitives.WriteInt32BigEndian(field, size);
        return field[4..];
    }

    private Span<byte> Take(int size)
    {
        if (_bytes.Length - _length < size)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + size));
        var taken = _bytes.AsSpan(_length, size);
        _length += size;
        return taken;
    }
}
