using System.Globalization;
using System.Text.Json;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>Members of bodies, as the serializer writes and reads them, without its metadata.</summary>
internal static class JsonParts
{
    private static readonly string[] Letters =
        [.. Enumerable.Range(0, 128).Select(letter => ((char)letter).ToString())];

    private static readonly MoneyJsonConverter MoneyText = new();
    private static readonly FundingJsonConverter FundingText = new();

    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Money money)
    {
        Span<byte> text = stackalloc byte[40];
        money.Amount.TryFormat(
            text, out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateOnly day)
    {
        Span<byte> text = stackalloc byte[10];
        day.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    public static void WriteUnlessZero(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }

    public static void WriteUnlessNull(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    /// <summary>Goes on to the value of the object's next member.</summary>
    /// <param name="name">The member's name; the usual ones cost no string.</param>
    /// <returns>False: the object is at its end.</returns>
    /// <exception cref="JsonException">The reader is in no object.</exception>
    public static bool Next(ref this Utf8JsonReader json, out string name)
    {
        name = "";
        if (!json.Read() || json.TokenType == JsonTokenType.EndObject)
            return false;
        if (json.TokenType != JsonTokenType.PropertyName)
            throw new JsonException("An object is expected.");
        name = NameOf(json);
        json.Read();
        return true;
    }

    public static DateTimeOffset? ReadInstant(ref this Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null ? null : json.GetDateTimeOffset();

    public static DateOnly? ReadDay(ref this Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.String || json.ValueSpan is not
            [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _]
            || NumberIn(json.ValueSpan[..4]) is not (>= 1 and var year)
            || NumberIn(json.ValueSpan[5..7]) is not (>= 1 and <= 12 and var month)
            || NumberIn(json.ValueSpan[8..]) is not (>= 1 and var date)
            || date > DateTime.DaysInMonth(year, month))
            throw new JsonException("A day is expected.");
        return new(year, month, date);
    }

    /// <summary>Below 0: something else than digits.</summary>
    private static int NumberIn(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;
            number = (10 * number) + digit - '0';
        }

        return number;
    }

    public static Money ReadMoney(ref this Utf8JsonReader json) =>
        MoneyText.Read(ref json, typeof(Money), JsonSerializerOptions.Default);

    /// <summary>A rule by its full id; null for JSON's null.</summary>
    public static RuleRef? ReadRule(ref this Utf8JsonReader json) =>
        NameTable.Read(ref json) is { } rule ? new RuleRef(rule, "", 0) : null;

    public static Funding ReadFunding(ref Utf8JsonReader json) =>
        FundingText.Read(ref json, typeof(Funding), JsonSerializerOptions.Default);

    private static string NameOf(in Utf8JsonReader json) => json.ValueSpan switch
    {
        [var letter] when letter < Letters.Length => Letters[letter],
        [(byte)'o', (byte)'n'] => "on",
        [(byte)'a', (byte)'t'] => "at",
        [(byte)'l', (byte)'e'] => "le",
        [(byte)'f', (byte)'u'] => "fu",
        [(byte)'b', (byte)'y'] => "by",
        _ => json.GetString()!,
    };
}
