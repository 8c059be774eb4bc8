using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Rules.Quantities;

/// <summary>
/// A member's own number: 128 random bits, drawn by the caller at enrolment and recorded in the journal.
/// Its text is a UUID in lower case; it says nothing about the person.
/// </summary>
[JsonConverter(typeof(MemberIdJsonConverter))]
public readonly record struct MemberId(UInt128 Value) : IComparable<MemberId>
{
    /// <summary>The UUID's text, 36 characters, lower case.</summary>
    public override string ToString() => ToGuid().ToString("D");

    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new Guid(bytes, bigEndian: true);
    }

    public static MemberId FromGuid(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Reads a UUID with hyphens; anything else is false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MemberId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var guid);
        id = parsed ? FromGuid(guid) : default;
        return parsed;
    }

    public static MemberId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A member id is a UUID with hyphens.");

    public int CompareTo(MemberId other) => Value.CompareTo(other.Value);

    public static bool operator <(MemberId left, MemberId right) => left.Value < right.Value;

    public static bool operator >(MemberId left, MemberId right) => left.Value > right.Value;

    public static bool operator <=(MemberId left, MemberId right) => left.Value <= right.Value;

    public static bool operator >=(MemberId left, MemberId right) => left.Value >= right.Value;
}

/// <summary>A member id is its UUID text in JSON.</summary>
public sealed class MemberIdJsonConverter : JsonConverter<MemberId>
{
    public override MemberId Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MemberId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("A member id is a UUID with hyphens.");

    public override void Write(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToGuid());
}
