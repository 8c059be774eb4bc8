using System.Buffers.Binary;
using System.Globalization;

namespace MallVip.Grains.Journal;

/// <summary>A SHA-256 value as a plain struct, so that a chain of hashes allocates nothing.</summary>
public readonly record struct Hash256(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of the binary form.</summary>
    public const int Size = 32;

    /// <summary>What comes before the first entry of a grain and the first batch of a writer.</summary>
    public static readonly Hash256 Zero;

    /// <summary>Reads the binary form (big-endian) from the first 32 bytes.</summary>
    public static Hash256 Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Writes the binary form into the first 32 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is no such number.</exception>
    public static Hash256 Parse(string text)
    {
        if (text.Length != 2 * Size)
            throw new FormatException("A hash has 64 hexadecimal digits.");
        return Read(Convert.FromHexString(text));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{High:x32}{Low:x32}");
}
