using System.Globalization;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Backtesting;

/// <summary>Reads the limits of a back-test's time: a day, or an instant.</summary>
public static class BacktestTime
{
    /// <summary>The first instant of a day as <c>2026-11-01</c>, or the instant itself, RFC 3339 with its
    /// offset. False: it is neither.</summary>
    public static bool TryReadFrom(string text, TimeZoneInfo zone, out DateTimeOffset from) =>
        TryRead(text, zone, 0, out from);

    /// <summary>The last instant of a day, or the instant itself. False: it is neither.</summary>
    public static bool TryReadTo(string text, TimeZoneInfo zone, out DateTimeOffset to)
    {
        if (!TryRead(text, zone, 1, out to))
            return false;
        to = text.Length == 10 ? to.AddTicks(-1) : to;
        return true;
    }

    private static bool TryRead(string text, TimeZoneInfo zone, int daysOn, out DateTimeOffset instant)
    {
        if (!DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Rfc3339.TryParse(text, out instant);
        instant = ZoneTime.StartOfDay(day.AddDays(daysOn), zone);
        return true;
    }
}
