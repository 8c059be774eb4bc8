using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MallVip.Grains.Journal;

/// <summary>
/// Turns what identifies a person into something that does not: the first 128 bits of HMAC-SHA-256 under the
/// server key. The same input gives the same pseudonym under the same key, and none can be guessed without
/// it.
/// </summary>
public sealed class Pseudonym(ServerKey key)
{
    // Making a keyed hash takes longer than hashing an event with it.
    [ThreadStatic]
    private static IncrementalHash? Mac;

    [ThreadStatic]
    private static Pseudonym? Owner;

    /// <summary>The id of an identity's grain, e.g. ("phone", "+8613800138000").</summary>
    public UInt128 IdentityId(string kind, string value) => Of("identity", kind, value);

    /// <summary>The grain of an identity.</summary>
    public GrainKey IdentityGrain(string kind, string value) =>
        new(GrainKind.Identity, IdentityId(kind, value));

    /// <summary>The handle under which a piece of a member's personal data stands in entries.</summary>
    public UInt128 Handle(UInt128 member, string kind, string value) =>
        Of("handle", $"{member:x32}/{kind}", value);

    /// <summary>The hash of an event's canonical content (RFC 8785), to tell a repeat from another
    /// content.</summary>
    public UInt128 ContentHash(ReadOnlySpan<byte> canonical)
    {
        var mac = MacOfThread();
        mac.AppendData("content\0"u8);
        mac.AppendData(canonical);
        return Finish(mac);
    }

    /// <summary>What a coupon's code is made of.</summary>
    public UInt128 CouponBits(UInt128 member, int number) => Of("coupon", $"{member:x32}", $"{number}");

    /// <summary>What an order's code is made of.</summary>
    public UInt128 OrderBits(string order) => Of("order", "", order);

    private UInt128 Of(string scope, string kind, string value)
    {
        var size = Encoding.UTF8.GetMaxByteCount(scope.Length + kind.Length + value.Length + 2);
        var bytes = size <= 512 ? stackalloc byte[size] : new byte[size];
        var length = Encoding.UTF8.GetBytes(scope, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(kind, bytes[length..]);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(value, bytes[length..]);
        var mac = MacOfThread();
        mac.AppendData(bytes[..length]);
        return Finish(mac);
    }

    private IncrementalHash MacOfThread()
    {
        if (Mac is { } kept && ReferenceEquals(Owner, this))
            return kept;
        Owner = this;
        return Mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes.Span);
    }

    private static UInt128 Finish(IncrementalHash mac)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
