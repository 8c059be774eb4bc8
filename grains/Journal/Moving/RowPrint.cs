using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MallVip.Grains.Journal;

/// <summary>A SHA-256 over rows in their order: each field with its kind and length, so that equal prints
/// mean equal rows, whatever store they were read from.</summary>
internal sealed class RowPrint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Rows taken in.</summary>
    public long Rows { get; private set; }

    public void EndRow() => Rows++;

    public void Null() => _hash.AppendData([0]);

    public void Number(long value)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value);
        _hash.AppendData(bytes);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = 2;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], value.Length);
        _hash.AppendData(head);
        _hash.AppendData(value);
    }

    /// <summary>64 hexadecimal digits of what was taken in so far.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
