using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MallVip.Grains.Journal;

/// <summary>The name of a grain in the journal: what it is and which one.</summary>
/// <remarks>Text form <c>member/0123…</c> (32 lower-case hexadecimal digits); binary form: the kind, then the
/// id, big-endian, so that the byte order is the order of the keys.</remarks>
[GenerateSerializer, Immutable]
public readonly record struct GrainKey(
    [property: Id(0)] GrainKind Kind, [property: Id(1)] UInt128 Id) : IComparable<GrainKey>
{
    /// <summary>Bytes of the binary form.</summary>
    public const int Size = 17;

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is no grain key.</exception>
    public static GrainKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is no grain key.");

    /// <summary>Reads the text form; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out GrainKey key)
    {
        key = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || text!.Length != slash + 33 || !TryKind(text.AsSpan(0, slash), out var kind))
            return false;
        var digits = text.AsSpan(slash + 1);
        if (digits.ContainsAnyInRange('A', 'F')
            || !UInt128.TryParse(
                digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            return false;
        key = new GrainKey(kind, id);
        return true;
    }

    /// <summary>Reads the binary form from the first 17 bytes.</summary>
    public static GrainKey Read(ReadOnlySpan<byte> bytes) =>
        new((GrainKind)bytes[0], BinaryPrimitives.ReadUInt128BigEndian(bytes[1..]));

    /// <summary>Writes the binary form into the first 17 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteUInt128BigEndian(bytes[1..], Id);
    }

    /// <summary>The binary form in an array of its own.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{KindName(Kind)}/{Id:x32}");

    /// <summary>Ids are random or hashes already, so their own bits serve.</summary>
    public override int GetHashCode() =>
        unchecked((int)(ulong)Id ^ (int)(ulong)(Id >> 64) ^ ((int)Kind << 24));

    public int CompareTo(GrainKey other)
    {
        var byKind = ((byte)Kind).CompareTo((byte)other.Kind);
        return byKind != 0 ? byKind : Id.CompareTo(other.Id);
    }

    public static bool operator <(GrainKey left, GrainKey right) => left.CompareTo(right) < 0;

    public static bool operator >(GrainKey left, GrainKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(GrainKey left, GrainKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GrainKey left, GrainKey right) => left.CompareTo(right) >= 0;

    private static string KindName(GrainKind kind) => kind switch
    {
        GrainKind.Programme => "programme",
        GrainKind.Member => "member",
        GrainKind.Identity => "identity",
        GrainKind.Budget => "budget",
        GrainKind.Batch => "batch",
        GrainKind.BatchBook => "batches",
        GrainKind.Slip => "slip",
        GrainKind.SlipDay => "slips",
        GrainKind.CarPark => "car-park",
        GrainKind.Stock => "stock",
        _ => string.Create(CultureInfo.InvariantCulture, $"kind-{(byte)kind}"),
    };

    private static bool TryKind(ReadOnlySpan<char> name, out GrainKind kind)
    {
        foreach (var known in Enum.GetValues<GrainKind>())
        {
            if (!name.SequenceEqual(KindName(known)))
                continue;
            kind = known;
            return true;
        }

        kind = default;
        return false;
    }
}
