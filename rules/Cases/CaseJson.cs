using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Cases;

/// <summary>
/// Writes the data of a case's event as the JSON that a till would send, and finds places again by path.
/// </summary>
internal static class CaseJson
{
    // Every other scalar is sent as text, which a number may be as well.
    private static readonly string[] Integers = ["pointsUsed", "line"];

    /// <param name="receipt">The receipt of a purchase that names none.</param>
    public static byte[] Write(YamlMap map, string type, string receipt)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (type is EventTypes.Purchase && map.Entry("receipt") is null)
                json.WriteString("receipt", receipt);
            foreach (var (key, value) in map.Entries)
                if (key.Value is not ("type" or "time"))
                    WriteField(json, key.Value, value);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] WriteFlat(YamlMap map)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
            WriteMap(json, map);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The place of <c>data.lines[3].paid</c>, or of the deepest part of it that stands in the file.
    /// </summary>
    public static Place PlaceOf(YamlMap map, string path)
    {
        YamlNode node = map;
        foreach (var part in path.Split('.', '[').Skip(1))
        {
            var next = node switch
            {
                YamlMap inner => inner.Entry(part) is { } entry ? (YamlNode)entry.Value : null,
                YamlList list => int.TryParse(part.TrimEnd(']'), CultureInfo.InvariantCulture, out var at) &&
                    at < list.Items.Count ? list.Items[at] : null,
                _ => null,
            };
            if (next is null)
                break;
            node = next;
        }

        return node.Place;
    }

    private static void WriteField(Utf8JsonWriter json, string key, YamlNode value)
    {
        json.WritePropertyName(key);
        if (value is YamlScalar scalar && Integers.Contains(key, StringComparer.Ordinal) &&
            long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var number))
            json.WriteNumberValue(number);
        else
            WriteValue(json, value);
    }

    private static void WriteValue(Utf8JsonWriter json, YamlNode value)
    {
        switch (value)
        {
            case YamlMap map:
                WriteMap(json, map);
                break;
            case YamlList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            case YamlScalar { IsNull: true }:
                json.WriteNullValue();
                break;
            case YamlScalar { Plain: true, Value: "true" or "false" } flag:
                json.WriteBooleanValue(flag.Value is "true");
                break;
            case YamlScalar scalar:
                json.WriteStringValue(scalar.Value);
                break;
            default:
                throw new InvalidOperationException($"No YAML {value.GetType().Name}.");
        }
    }

    private static void WriteMap(Utf8JsonWriter json, YamlMap map)
    {
        json.WriteStartObject();
        foreach (var (key, value) in map.Entries)
            WriteField(json, key.Value, value);
        json.WriteEndObject();
    }
}
