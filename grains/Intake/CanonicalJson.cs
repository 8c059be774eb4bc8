using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MallVip.Grains.Intake;

/// <summary>
/// JSON in its canonical form (RFC 8785, JSON Canonicalization Scheme): no white space, names sorted by UTF-16 code
/// units, numbers as ECMAScript writes doubles. Two texts of the same content have the same form.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Appends the canonical form of a value.</summary>
    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        Write(writer, value);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, value);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(value.GetDouble()), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement value)
    {
        var members = new List<JsonProperty>();
        foreach (var member in value.EnumerateObject())
            members.Add(member);
        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        writer.WriteStartObject();
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    /// <summary>ECMAScript's Number::toString for radix 10 (ECMA-262, section 6.1.6.1.20).</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            throw new FormatException("A number is too large for a double.");
        var scientific = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (value < 0 ? "-" : "") + Layout(digits, exponent + 1);
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return mantissa.Length == 0 ? "0" : mantissa;
    }

    /// <param name="digits">The significant digits.</param>
    /// <param name="point">Where the decimal point stands, counted from the first digit.</param>
    private static string Layout(string digits, int point)
    {
        if (point is > 0 and <= 21)
            return digits.Length <= point
                ? digits.PadRight(point, '0')
                : $"{digits.AsSpan(0, point)}.{digits.AsSpan(point)}";
        if (point is > -6 and <= 0)
            return $"0.{new string('0', -point)}{digits}";
        var sign = point > 0 ? "+" : "-";
        var exponent = Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture);
        return digits.Length == 1
            ? $"{digits}e{sign}{exponent}"
            : $"{digits.AsSpan(0, 1)}.{digits.AsSpan(1)}e{sign}{exponent}";
    }
}
