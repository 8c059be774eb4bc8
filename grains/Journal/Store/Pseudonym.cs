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
        var buffer = new byte[8 + canonical.Length];
        "content\0"u8.CopyTo(buffer);
        canonical.CopyTo(buffer.AsSpan(8));
        return Mac(buffer);
    }

    private UInt128 Of(string scope, string kind, string value) =>
        Mac(Encoding.UTF8.GetBytes($"{scope}\0{kind}\0{value}"));

    private UInt128 Mac(ReadOnlySpan<byte> bytes)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes.Span, bytes, mac);
        return BinaryPrimitives.ReadUInt128BigEndian(mac);
    }
}
