using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Rules.Quantities;

/// <summary>
/// An amount in the currency of the mall where it was paid: exact decimal, never a double. It is read from
/// the text of its token, so that an exponent and extra decimals are kept (<c>4.440892e-16</c> is that
/// number).
/// </summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(decimal Amount) : IComparable<Money>
{
    /// <summary>The most that one event may say, either way: 10^12 units of the currency.</summary>
    public const decimal Limit = 1_000_000_000_000m;

    public static Money Zero => default;

    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount);

    public static Money operator -(Money left, Money right) => new(left.Amount - right.Amount);

    public static bool operator <(Money left, Money right) => left.Amount < right.Amount;

    public static bool operator >(Money left, Money right) => left.Amount > right.Amount;

    public static bool operator <=(Money left, Money right) => left.Amount <= right.Amount;

    public static bool operator >=(Money left, Money right) => left.Amount >= right.Amount;

    public int CompareTo(Money other) => Amount.CompareTo(other.Amount);

    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads digits with an optional sign, point and exponent; no separators, no currency sign.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint |
            NumberStyles.AllowExponent;
        var parsed = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var amount);
        money = new(amount);
        return parsed;
    }
}

/// <summary>Money is a decimal string in JSON; a number is read from its text as well.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(
                reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence)
                    : reader.ValueSpan),
            _ => throw new JsonException("Money is a decimal string or a number."),
        };
        return Money.TryParse(text, out var money)
            ? money
            : throw new JsonException("Money is a decimal string or a number.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[40];
        value.Amount.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
