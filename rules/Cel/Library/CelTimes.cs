using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>Parts of instants and durations. Without a zone an instant is read in UTC.</summary>
internal static class CelTimes
{
    [CelFunction("getFullYear", IsMember = true)]
    public static long Year(CelTimestamp at) => Utc(at).Year;

    [CelFunction("getFullYear", IsMember = true)]
    public static long Year(ref CelState state, CelTimestamp at, string zone) => In(ref state, at, zone).Year;

    /// <summary>0 = January.</summary>
    [CelFunction("getMonth", IsMember = true)]
    public static long Month(CelTimestamp at) => Utc(at).Month - 1;

    [CelFunction("getMonth", IsMember = true)]
    public static long Month(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).Month - 1;

    /// <summary>Day of the month from 1.</summary>
    [CelFunction("getDate", IsMember = true)]
    public static long Date(CelTimestamp at) => Utc(at).Day;

    [CelFunction("getDate", IsMember = true)]
    public static long Date(ref CelState state, CelTimestamp at, string zone) => In(ref state, at, zone).Day;

    /// <summary>Day of the month from 0.</summary>
    [CelFunction("getDayOfMonth", IsMember = true)]
    public static long DayOfMonth(CelTimestamp at) => Utc(at).Day - 1;

    [CelFunction("getDayOfMonth", IsMember = true)]
    public static long DayOfMonth(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).Day - 1;

    /// <summary>0 = Sunday.</summary>
    [CelFunction("getDayOfWeek", IsMember = true)]
    public static long DayOfWeek(CelTimestamp at) => (long)Utc(at).DayOfWeek;

    [CelFunction("getDayOfWeek", IsMember = true)]
    public static long DayOfWeek(ref CelState state, CelTimestamp at, string zone) =>
        (long)In(ref state, at, zone).DayOfWeek;

    /// <summary>Day of the year from 0.</summary>
    [CelFunction("getDayOfYear", IsMember = true)]
    public static long DayOfYear(CelTimestamp at) => Utc(at).DayOfYear - 1;

    [CelFunction("getDayOfYear", IsMember = true)]
    public static long DayOfYear(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).DayOfYear - 1;

    [CelFunction("getHours", IsMember = true)]
    public static long Hours(CelTimestamp at) => Utc(at).Hour;

    [CelFunction("getHours", IsMember = true)]
    public static long Hours(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).Hour;

    [CelFunction("getMinutes", IsMember = true)]
    public static long Minutes(CelTimestamp at) => Utc(at).Minute;

    [CelFunction("getMinutes", IsMember = true)]
    public static long Minutes(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).Minute;

    [CelFunction("getSeconds", IsMember = true)]
    public static long Seconds(CelTimestamp at) => Utc(at).Second;

    [CelFunction("getSeconds", IsMember = true)]
    public static long Seconds(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).Second;

    [CelFunction("getMilliseconds", IsMember = true)]
    public static long Milliseconds(CelTimestamp at) => at.Nanos / 1_000_000;

    [CelFunction("getMilliseconds", IsMember = true)]
    public static long Milliseconds(ref CelState state, CelTimestamp at, string zone) =>
        In(ref state, at, zone).Millisecond;

    /// <summary>The whole span in hours, rounded toward zero; likewise below.</summary>
    [CelFunction("getHours", IsMember = true)]
    public static long Hours(CelDuration span) => span.Nanos / (3600 * CelDuration.NanosPerSecond);

    [CelFunction("getMinutes", IsMember = true)]
    public static long Minutes(CelDuration span) => span.Nanos / (60 * CelDuration.NanosPerSecond);

    [CelFunction("getSeconds", IsMember = true)]
    public static long Seconds(CelDuration span) => span.Nanos / CelDuration.NanosPerSecond;

    /// <summary>The milliseconds within the last second.</summary>
    [CelFunction("getMilliseconds", IsMember = true)]
    public static long Milliseconds(CelDuration span) => span.Nanos % CelDuration.NanosPerSecond / 1_000_000;

    private static DateTime Utc(CelTimestamp at) => at.ToDateTimeOffset().UtcDateTime;

    private static DateTime In(ref CelState state, CelTimestamp at, string zone)
    {
        var utc = Utc(at);
        if (TryOffset(zone, out var offset) || TryZone(zone, utc, out offset))
        {
            var ticks = utc.Ticks + offset.Ticks;
            if (ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks)
                return new DateTime(ticks, DateTimeKind.Unspecified);
        }
        state.Fail(CelCodes.BadArgument, "time zone", $"'{zone}' is not known");
        return default;
    }

    private static bool TryZone(string zone, DateTime utc, out TimeSpan offset)
    {
        var found = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info);
        offset = found ? info!.GetUtcOffset(utc) : default;
        return found;
    }

    /// <summary>A fixed offset such as +08:00 or 02:00.</summary>
    private static bool TryOffset(string zone, out TimeSpan offset)
    {
        var unsigned = zone.StartsWith('+') || zone.StartsWith('-') ? zone[1..] : zone;
        var parsed = TimeSpan.TryParseExact(unsigned, @"hh\:mm", CultureInfo.InvariantCulture, out offset);
        offset = zone.StartsWith('-') ? -offset : offset;
        return parsed;
    }
}
