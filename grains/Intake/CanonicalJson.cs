using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MallVip.Grains.Intake;

/// <summary>
/// JSON in its canonical form (RFC 8785, JSON Canonicalization Scheme): no white space, names sorted by
/// UTF-16 code units, numbers as ECMAScript writes doubles. Two texts of the same content have the same form.
/// What is plain already (ASCII names, strings without escapes, whole numbers) is copied byte by byte.
/// </summary>
public static class CanonicalJson
{
    /// <summary>From here on a whole number may not be what a double holds (2^53 has 16 digits).</summary>
    private const int SafeDigits = 15;

    private static readonly Comparison<JsonProperty> ByRawName = static (left, right) =>
        JsonMarshal.GetRawUtf8PropertyName(left).SequenceCompareTo(
            JsonMarshal.GetRawUtf8PropertyName(right));

    private static readonly Comparison<JsonProperty> ByName =
        static (left, right) => string.CompareOrdinal(left.Name, right.Name);

    /// <summary>Appends the canonical form of a value.</summary>
    /// <exception cref="FormatException">A number is too large for a double.</exception>
    /// <exception cref="InvalidOperationException">A string has an unpaired surrogate.</exception>
    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.Number:
                WriteNumber(output, value);
                break;
            case JsonValueKind.String:
                WriteString(output, JsonMarshal.GetRawUtf8Value(value), value);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        var members = ArrayPool<JsonProperty>.Shared.Rent(Math.Max(1, value.GetPropertyCount()));
        var count = 0;
        var plain = true;
        foreach (var member in value.EnumerateObject())
        {
            plain = plain && IsPlain(JsonMarshal.GetRawUtf8PropertyName(member));
            members[count++] = member;
        }

        members.AsSpan(0, count).Sort(plain ? ByRawName : ByName);
        output.Write("{"u8);
        for (var i = 0; i < count; i++)
        {
            output.Write(i == 0 ? "\""u8 : ",\""u8);
            output.Write(plain
                ? JsonMarshal.GetRawUtf8PropertyName(members[i])
                : Encoding.UTF8.GetBytes(Escaped(members[i].Name)));
            output.Write("\":"u8);
            Write(output, members[i].Value);
        }

        output.Write("}"u8);
        ArrayPool<JsonProperty>.Shared.Return(members, clearArray: true);
    }

    private static void WriteArray(IBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }

    private static void WriteNumber(IBufferWriter<byte> output, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length <= SafeDigits && raw.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            output.Write(raw);
        else
            output.Write(Encoding.UTF8.GetBytes(Number(value.GetDouble())));
    }

    /// <param name="output">Where it goes.</param>
    /// <param name="raw">With its quotes.</param>
    /// <param name="value">The same, to be unescaped if need be.</param>
    private static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<byte> raw, JsonElement value)
    {
        if (raw.IndexOf((byte)'\\') < 0)
            output.Write(raw);
        else
            output.Write(Encoding.UTF8.GetBytes($"\"{Escaped(value.GetString()!)}\""));
    }

    private static bool IsPlain(ReadOnlySpan<byte> name) =>
        name.IndexOf((byte)'\\') < 0 && !name.ContainsAnyExceptInRange((byte)0, (byte)0x7F);

    /// <summary>
    /// Only what must be escaped is, and shortly where there is a short form (RFC 8785, section 3.2.2.2).
    /// </summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>ECMAScript's Number::toString for radix 10 (ECMA-262, section 6.1.6.1.20).</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";
        if (!double.IsFinite(value))
            throw new FormatException("A number is too large for a double.");
        var shortest = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        var exponent = int.Parse(
            shortest.AsSpan(shortest.IndexOf('E', StringComparison.Ordinal) + 1),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        var digits = Digits(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : "") + Layout(digits, exponent + 1);
    }

    private static string Digits(string shortest)
    {
        var mantissa =
            shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
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
