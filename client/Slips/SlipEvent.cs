using System.Buffers;
using System.Text.Json;
using MallVip.Client.Wire;
using MallVip.Grains.Slips;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Slips;

/// <summary>Makes the event that a slip stands for.</summary>
internal static class SlipEvent
{
    /// <summary>A CloudEvent in JSON, UTF-8, read like a till's.</summary>
    public static ReadOnlyMemory<byte> Of(SlipBody body, MemberId member, string operatorName)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("source"u8, SlipSource.Of(operatorName));
        json.WriteString("id"u8, "slip"u8);
        json.WriteString("type"u8, EventTypes.Purchase);
        json.WriteString("subject"u8, $"member:{member}");
        json.WriteString("time"u8, body.Time);
        json.WriteStartObject("data"u8);
        json.WriteString("store"u8, body.Store.Trim());
        json.WriteString("receipt"u8, body.Receipt.Trim());
        json.WritePropertyName("paid"u8);
        body.Paid.WriteTo(json);
        if (body.Lines is { } lines)
        {
            json.WritePropertyName("lines"u8);
            lines.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }
}
