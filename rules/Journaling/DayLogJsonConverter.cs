using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Rules.Members;

namespace MallVip.Rules.Journaling;

/// <summary>A day log is an array in a snapshot: its packed bytes in base 64, then its malls.</summary>
internal sealed class DayLogJsonConverter : JsonConverter<DayLog>
{
    public override DayLog Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read())
            throw new JsonException("A day log is an array.");
        var packed = reader.GetBytesFromBase64();
        var malls = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            malls.Add(NameTable.Read(ref reader) ?? throw new JsonException("A mall is a string."));
        return DayLog.FromPacked(malls.ToImmutable(), packed);
    }

    public override void Write(Utf8JsonWriter writer, DayLog value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteBase64StringValue(value.Packed.Span);
        foreach (var mall in value.Malls)
            writer.WriteStringValue(mall);
        writer.WriteEndArray();
    }
}
