using System.Buffers;
using System.Globalization;
using MallVip.Silo.Import.Maps;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>Turns the text of a cell into an instant by the map's <see cref="TimeRules"/>.</summary>
internal sealed class TimeReader(TimeRules rules)
{
    private static readonly SearchValues<char> ClockLetters = SearchValues.Create("hHmsfF");

    private const DateTimeStyles Style = DateTimeStyles.AllowWhiteSpaces;

    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
    ];

    private readonly ZoneOffsets? _offsets = rules.Zone is { } zone ? new ZoneOffsets(zone) : null;

    /// <summary>The instant of a text; a bare date is the start of that day.</summary>
    public DateTimeOffset? Read(string text, out RowFault? fault) => Read(text, endOfDay: false, out fault);

    /// <summary>
    /// The instant at which something ends: a bare date is its last day, so it ends at 24:00 of it.
    /// </summary>
    public DateTimeOffset? ReadEnd(string text, out RowFault? fault) => Read(text, endOfDay: true, out fault);

    private DateTimeOffset? Read(string text, bool endOfDay, out RowFault? fault)
    {
        if (TryUnix(text, out var instant))
        {
            fault = null;
            return instant;
        }
        if (!TryParse(text, out var parsed, out var dateOnly))
        {
            fault = new RowFault(RejectCodes.BadTime, $"'{text}' is not a time in a format of the map.");
            return null;
        }
        if (parsed.Year < 1900 || (parsed.Year > 9998 && !dateOnly))
        {
            fault = new RowFault(RejectCodes.BadTime, $"'{text}' is not a year from 1900 to 9998.");
            return null;
        }
        if (dateOnly && endOfDay && parsed.Date < DateTime.MaxValue.Date)
            parsed = parsed.AddDays(1);
        return parsed.Kind == DateTimeKind.Unspecified
            ? Place(parsed, text, out fault)
            : Offset(text, out fault);
    }

    private bool TryParse(string text, out DateTime parsed, out bool dateOnly)
    {
        dateOnly = false;
        var formats = rules.Formats;
        if (formats.Count == 0)
        {
            dateOnly = DateTime.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Style, out parsed);
            return dateOnly || DateTime.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture,
                Style | DateTimeStyles.RoundtripKind, out parsed);
        }
        foreach (var format in formats)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture,
                    Style | DateTimeStyles.RoundtripKind, out parsed))
                continue;
            dateOnly = !format.AsSpan().ContainsAny(ClockLetters);
            return true;
        }
        parsed = default;
        return false;
    }

    private bool TryUnix(string text, out DateTimeOffset instant)
    {
        instant = default;
        foreach (var format in rules.Formats)
        {
            if (format is not ("unix" or "unix-ms") || !long.TryParse(text, NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture, out var number))
                continue;
            var seconds = format == "unix" ? number : number / 1_000;
            if (Math.Abs(seconds) > 60_000_000_000)
                continue;
            instant = format == "unix"
                ? DateTimeOffset.FromUnixTimeSeconds(number)
                : DateTimeOffset.FromUnixTimeMilliseconds(number);
            return true;
        }
        return false;
    }

    // The text carries its own offset: it is kept, since it tells the mall's local day.
    private DateTimeOffset? Offset(string text, out RowFault? fault)
    {
        fault = null;
        var formats = rules.Formats.Count == 0 ? WithOffset : rules.Formats.ToArray();
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture,
                Style | DateTimeStyles.AssumeUniversal, out var instant))
            return instant;
        fault = new RowFault(RejectCodes.BadTime, $"'{text}' is not a time in a format of the map.");
        return null;
    }

    private DateTimeOffset? Place(DateTime wall, string text, out RowFault? fault)
    {
        fault = null;
        if (_offsets is null)
        {
            fault = new RowFault(RejectCodes.BadTime, $"'{text}' has no offset and the map names no zone.");
            return null;
        }
        if (_offsets.Plain(wall) is { } offset)
            return new DateTimeOffset(wall, offset);
        var zone = _offsets.Zone;
        if (zone.IsInvalidTime(wall))
            return InGap(zone, wall, text, out fault);
        if (rules.Ambiguous == AmbiguousTime.Reject)
        {
            fault = new RowFault(RejectCodes.TimeAmbiguous, $"The clock of {zone.Id} showed '{text}' twice.");
            return null;
        }
        var offsets = zone.GetAmbiguousTimeOffsets(wall);
        return new DateTimeOffset(
            wall, rules.Ambiguous == AmbiguousTime.Earlier ? offsets.Max() : offsets.Min());
    }

    private DateTimeOffset? InGap(TimeZoneInfo zone, DateTime wall, string text, out RowFault? fault)
    {
        fault = null;
        if (rules.Gap == GapTime.Reject)
        {
            fault = new RowFault(RejectCodes.TimeInGap, $"The clock of {zone.Id} never showed '{text}'.");
            return null;
        }
        // Read with the offset that held before the gap, the instant is one that exists after it.
        var before = zone.GetUtcOffset(wall.AddDays(-1));
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(wall, before), zone);
    }
}
