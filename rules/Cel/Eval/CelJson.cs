using System.Globalization;
using System.Text.Json;

namespace MallVip.Rules.Cel;

/// <summary>
/// Typed values from JSON, as in <c>{"int":"42"}</c> or <c>{"list":[{"decimal":"0.30"}]}</c>.
/// </summary>
internal static partial class CelJson
{
    private static readonly NumberStyles Whole = NumberStyles.AllowLeadingSign;

    public static CelValue Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new CelInputException("a typed value such as {\"int\":\"42\"} is expected");
        var members = element.EnumerateObject().ToArray();
        if (members.Length != 1)
            throw new CelInputException("a typed value has exactly one member");
        var member = members[0];
        return member.Name switch
        {
            "null" => CelValue.Null,
            "bool" => Bool(member.Value),
            "list" => List(member.Value),
            "map" => Map(member.Value),
            _ => Scalar(member.Name, Text(member.Value, member.Name)),
        };
    }

    public static string Text(JsonElement value, string name) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new CelInputException($"'{name}' is not a string");

    private static CelValue Bool(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? CelValue.Of(value.GetBoolean())
            : throw new CelInputException("'bool' is neither true nor false");

    private static CelValue List(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? CelValue.Of(CelList.Of([.. value.EnumerateArray().Select(Read)]))
        : throw new CelInputException("'list' is not an array");

    private static CelValue Map(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw new CelInputException("'map' is not an array of [key, value]");
        return CelValue.Of(CelMap.Of(value.EnumerateArray().Select(Entry)));
    }

    private static KeyValuePair<CelValue, CelValue> Entry(JsonElement pair) =>
        pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
            ? KeyValuePair.Create(Read(pair[0]), Read(pair[1]))
            : throw new CelInputException("'map' is not an array of [key, value]");

    private static CelValue Scalar(string type, string text) => TryScalar(type, text)
        ?? throw new CelInputException($"'{text}' is no {type}");

    private static CelValue? TryScalar(string type, string text) => type switch
    {
        "string" => CelValue.Of(text),
        "int" =>
            long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var value) ? CelValue.Of(value)
                : null,
        "uint" =>
            ulong.TryParse(text, Whole, CultureInfo.InvariantCulture, out var value) ? CelValue.Of(value)
                : null,
        "double" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? CelValue.Of(value)
            : null,
        "decimal" => CelMoney.TryParse(text, out var value) ? CelValue.Of(value) : null,
        "timestamp" => CelTimestampText.TryParse(text, out var value) ? CelValue.Of(value) : null,
        "duration" => CelDuration.TryParse(text, out var value) ? CelValue.Of(value) : null,
        "bytes" => Bytes(text),
        "type" =>
            new CelNames().FindVariable(text, isAbsolute: true) is CelConstant known ? known.Value : null,
        _ => throw new CelInputException($"'{type}' is no type of value"),
    };

    private static CelValue? Bytes(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? CelValue.Of(buffer[..length])
            : null;
    }
}
