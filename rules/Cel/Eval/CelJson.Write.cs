using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MallVip.Rules.Cel;

/// <summary>Typed values to JSON.</summary>
internal static partial class CelJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Answer(CelValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            if (value.IsError)
                WriteError(writer, value.AsError);
            else
                WriteValue(writer, value);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteError(Utf8JsonWriter writer, CelError error)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteNumber("line", error.Line);
        writer.WriteNumber("column", error.Column);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, CelValue value)
    {
        writer.WritePropertyName("value");
        Write(writer, value);
    }

    private static void Write(Utf8JsonWriter writer, CelValue value)
    {
        writer.WriteStartObject();
        switch (value.Kind)
        {
            case CelKind.Null:
                writer.WriteNull("null");
                break;
            case CelKind.Bool:
                writer.WriteBoolean("bool", value.AsBool);
                break;
            case CelKind.Double:
                writer.WriteString("double", value.AsDouble.ToString("R", CultureInfo.InvariantCulture));
                break;
            case CelKind.Bytes:
                writer.WriteBase64String("bytes", value.AsBytes);
                break;
            case CelKind.List:
                writer.WriteStartArray("list");
                for (var i = 0; i < value.AsList.Count; i++)
                    Write(writer, value.AsList[i]);
                writer.WriteEndArray();
                break;
            case CelKind.Map:
                WriteMap(writer, value.AsMap);
                break;
            default:
                writer.WriteString(NameOf(value.Kind), CelText.Of(value));
                break;
        }
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, CelMap map)
    {
        writer.WriteStartArray("map");
        foreach (var key in map.Keys)
        {
            writer.WriteStartArray();
            Write(writer, key);
            Write(writer, map.TryGet(key, out var value) ? value : default);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    private static string NameOf(CelKind kind) => kind switch
    {
        CelKind.Int => "int",
        CelKind.Uint => "uint",
        CelKind.Decimal => "decimal",
        CelKind.String => "string",
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        CelKind.Type => "type",
        _ => "object",
    };
}
