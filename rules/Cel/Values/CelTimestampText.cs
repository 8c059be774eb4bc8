using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>Reading and writing instants as text.</summary>
public static class CelTimestampText
{
    private const int LongestZoneStart = 19;
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>RFC 3339 with an offset or Z; up to nine fraction digits.</summary>
    public static bool TryParse(string text, out CelTimestamp timestamp)
    {
        timestamp = default;
        if (text.Length < LongestZoneStart + 1 || text[10] is not ('T' or 't'))
            return false;
        var zoneStart = LongestZoneStart;
        var nanos = 0;
        if (text[LongestZoneStart] == '.' && !TryFraction(text, ref zoneStart, out nanos))
            return false;
        var zone = text[zoneStart..];
        var whole = text[..10] + "T" + text[11..LongestZoneStart] + (zone is "Z" or "z" ? "+00:00" : zone);
        if (zone is not ("Z" or "z") && zone.Length != 6)
            return false;
        if (!DateTimeOffset.TryParseExact(whole, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var instant))
            return false;
        timestamp = new CelTimestamp(instant.ToUnixTimeSeconds(), nanos);
        return true;
    }

    private static bool TryFraction(string text, ref int position, out int nanos)
    {
        nanos = 0;
        var digits = 0;
        for (position++; position < text.Length && char.IsAsciiDigit(text[position]); position++, digits++)
        {
            if (digits < 9)
                nanos = nanos * 10 + (text[position] - '0');
        }
        for (var i = digits; i < 9; i++)
            nanos *= 10;
        return digits is > 0 and <= 9 && position < text.Length;
    }
}
