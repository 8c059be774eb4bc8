using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MallVip.Grains.Journal;

/// <summary>
/// The hash that chains an entry to its grain's previous one: SHA-256 over the previous hash and every stored
/// column with its length. Position, previous position, writer and batch are not in it: the grain chains its
/// next entry before those are known (the batch root covers writer and batch).
/// </summary>
public static class EntryHash
{
    private const byte Version = 1;

    /// <summary>The hash of a draft.</summary>
    public static Hash256 Compute(EntryDraft draft) => Compute(
        draft.PrevHash, draft.Grain, draft.Seq, draft.At.UtcTicks, draft.Kind, draft.Key, draft.ContentHash,
        draft.ExtraKeys, draft.Actor, draft.RulesVersion, draft.Body.Span);

    /// <summary>The hash of a stored entry, from its columns alone.</summary>
    public static Hash256 Compute(JournalEntry entry) => Compute(
        entry.PrevHash, entry.Grain, entry.Seq, entry.At.UtcTicks, entry.Kind, entry.Key, entry.ContentHash,
        entry.ExtraKeys, entry.Actor, entry.RulesVersion, entry.Body.Span);

    private static Hash256 Compute(
        Hash256 prevHash, GrainKey grain, long seq, long utcTicks, string kind, EventKey key,
        UInt128? contentHash,
        IReadOnlyList<EventKey> extraKeys, string actor, string rulesVersion, ReadOnlySpan<byte> body)
    {
        var size = 160 + (3 * (kind.Length + actor.Length + rulesVersion.Length)) + (16 * extraKeys.Count)
            + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var bytes = buffer.AsSpan();
        bytes[0] = Version;
        prevHash.Write(bytes[1..]);
        grain.Write(bytes[33..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[50..], seq);
        BinaryPrimitives.WriteInt64BigEndian(bytes[58..], utcTicks);
        key.Write(bytes[66..]);
        bytes[82] = contentHash is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt128BigEndian(bytes[83..], contentHash ?? UInt128.Zero);
        var length = 99;
        length += WriteKeys(bytes[length..], extraKeys);
        length += WriteText(bytes[length..], kind);
        length += WriteText(bytes[length..], actor);
        length += WriteText(bytes[length..], rulesVersion);
        BinaryPrimitives.WriteInt32BigEndian(bytes[length..], body.Length);
        body.CopyTo(bytes[(length + 4)..]);
        length += 4 + body.Length;
        Span<byte> hash = stackalloc byte[Hash256.Size];
        SHA256.HashData(bytes[..length], hash);
        ArrayPool<byte>.Shared.Return(buffer);
        return Hash256.Read(hash);
    }

    private static int WriteKeys(Span<byte> bytes, IReadOnlyList<EventKey> keys)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, keys.Count);
        for (var i = 0; i < keys.Count; i++)
            keys[i].Write(bytes[(4 + (EventKey.Size * i))..]);
        return 4 + (EventKey.Size * keys.Count);
    }

    private static int WriteText(Span<byte> bytes, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, bytes[4..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return 4 + length;
    }
}
