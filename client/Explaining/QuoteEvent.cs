using System.Buffers;
using System.Text.Json;
using MallVip.Client.Wire;
using MallVip.Rules.Events;

namespace MallVip.Client.Explaining;

/// <summary>Makes the event that a quote asks about.</summary>
internal static class QuoteEvent
{
    /// <summary>Who it is from, its id, and its receipt where none is named.</summary>
    public const string Name = "quote";

    /// <summary>A CloudEvent in JSON, UTF-8, read like any other.</summary>
    public static ReadOnlyMemory<byte> Of(QuoteBody body)
    {
        var type = body.Type ?? EventTypes.Purchase;
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("source"u8, Name);
            json.WriteString("id"u8, Name);
            json.WriteString("type"u8, type);
            json.WriteString("subject"u8, "card:" + Name);
            if (body.Time is { } time)
                json.WriteString("time"u8, time);
            json.WritePropertyName("data"u8);
            WriteData(json, body.Data, type == EventTypes.Purchase);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void WriteData(Utf8JsonWriter json, JsonElement data, bool needsReceipt)
    {
        if (!needsReceipt || data.ValueKind != JsonValueKind.Object || data.TryGetProperty("receipt", out _))
        {
            data.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        json.WriteString("receipt"u8, Name);
        foreach (var member in data.EnumerateObject())
            member.WriteTo(json);
        json.WriteEndObject();
    }
}
