using System.Globalization;
using System.Text.Json;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>Members of bodies, as the serializer writes them, without its metadata.</summary>
internal static class JsonParts
{
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
}
