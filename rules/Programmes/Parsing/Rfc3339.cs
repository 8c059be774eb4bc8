using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>
/// Instants on the wire: RFC 3339 with an offset, up to seven digits of a second, more are cut.
/// </summary>
public static class Rfc3339
{
    private const int SecondsEnd = 19;

    /// <summary>False: it is not such a text, or the offset is missing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < SecondsEnd + 1 or > 40 || text[10] is not ('T' or 't' or ' '))
            return false;
        if (!TryReadOffset(text, out var length, out var offset))
            return false;
        Span<char> local = stackalloc char[SecondsEnd];
        text.AsSpan(0, SecondsEnd).CopyTo(local);
        local[10] = 'T';
        if (!DateTime.TryParseExact(
                local, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out var wall) ||
            !TryReadFraction(text.AsSpan(SecondsEnd..^length), out var ticks))
            return false;
        var utc = wall.Ticks + ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;
        instant = new(wall.Ticks + ticks, offset);
        return true;
    }

    /// <summary>The text of an instant, with its offset; fractions only where there are any.</summary>
    public static string ToText(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static bool TryReadOffset(string text, out int length, out TimeSpan offset)
    {
        (length, offset) = (1, TimeSpan.Zero);
        if (text[^1] is 'Z' or 'z')
            return true;
        length = 6;
        var tail = text.AsSpan(text.Length - 6);
        var formed = tail[0] is '+' or '-' &&
            TimeSpan.TryParseExact(tail[1..], @"hh\:mm", CultureInfo.InvariantCulture, out offset) &&
            offset <= TimeSpan.FromHours(14);
        offset = tail[0] is '-' ? -offset : offset;
        return formed;
    }

    private static bool TryReadFraction(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] is not '.' || text.Length == 1)
            return false;
        var unit = TimeSpan.TicksPerSecond;
        foreach (var digit in text[1..])
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            unit /= 10;
            ticks += (digit - '0') * unit;
        }

        return true;
    }
}
