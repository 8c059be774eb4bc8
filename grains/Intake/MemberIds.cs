using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>Where member ids come from.</summary>
public static class MemberIds
{
    /// <summary>A random id, for a member who registers.</summary>
    public static MemberId Draw()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>
    /// The first 128 bits of SHA-256(source, NUL, id): the same run enrols the same members every time.
    /// </summary>
    public static MemberId OfEvent(string source, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\0{id}"), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
