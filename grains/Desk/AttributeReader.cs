using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Events;

namespace MallVip.Grains.Desk;

/// <summary>Attributes as declared, and the personal values behind their handles.</summary>
public sealed record AttributeValues(
    ImmutableSortedDictionary<string, FieldValue> Fields, ImmutableArray<PersonalValue> Personal);

/// <summary>
/// Reads attributes as the programme declares them: the same reading as of a <c>member.updated</c> event.
/// </summary>
public sealed class AttributeReader(ProgrammeHost programmes, Pseudonym pseudonym)
{
    /// <param name="attributes">By name, as JSON text of the value.</param>
    /// <param name="refusal">Why null is answered.</param>
    public AttributeValues? Read(ImmutableSortedDictionary<string, string> attributes, out Refusal? refusal)
    {
        var personal = new PersonalValues(pseudonym);
        var parsed =
            programmes.Now.Parser.Parse(EventTypes.MemberUpdated, ToJson(attributes), personal.Handle);
        refusal = parsed.Problems is [var first, ..] ? Refusals.Of(first) : null;
        return parsed.Data is MemberData data ? new(data.Attributes, personal.ToImmutable()) : null;
    }

    private static ReadOnlySpan<byte> ToJson(ImmutableSortedDictionary<string, string> attributes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("attributes");
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
