using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MallVip.Grains.Journal;

/// <summary>A row of <c>batch_root</c>: what proves that a batch is whole and that none before it is
/// missing.</summary>
public readonly record struct BatchRoot(int Writer, long Batch, Hash256 Root)
{
    /// <summary>SHA-256 over the writer's previous root, the writer, the batch's number and the hashes of its
    /// entries in the order of their positions.</summary>
    public static Hash256 Compute(Hash256 previous, int writer, long batch, ReadOnlySpan<Hash256> hashes)
    {
        var size = Hash256.Size + 16 + (Hash256.Size * hashes.Length);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var bytes = rented.AsSpan(0, size);
        previous.Write(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[32..], writer);
        BinaryPrimitives.WriteInt64BigEndian(bytes[36..], batch);
        BinaryPrimitives.WriteInt32BigEndian(bytes[44..], hashes.Length);
        for (var i = 0; i < hashes.Length; i++)
            hashes[i].Write(bytes[(48 + (Hash256.Size * i))..]);
        Span<byte> root = stackalloc byte[Hash256.Size];
        SHA256.HashData(bytes, root);
        ArrayPool<byte>.Shared.Return(rented);
        return Hash256.Read(root);
    }
}
