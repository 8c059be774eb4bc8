using MallVip.Rules.Quantities;

namespace MallVip.Rules.Parking;

/// <summary>Minutes of visits, and the wall clock that rates go by.</summary>
internal static class FeeClock
{
    /// <summary>Seconds do not count: a visit is from the minute of its entry to that of its exit.</summary>
    public static DateTimeOffset Floor(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    public static int Minutes(DateTimeOffset from, DateTimeOffset to) =>
        (int)((to.UtcTicks - from.UtcTicks) / TimeSpan.TicksPerMinute);

    /// <summary>
    /// The instant at which a wall clock that runs on from an instant shows a later time of the same day, or
    /// at which it is set before that.
    /// </summary>
    public static DateTimeOffset Until(
        DateTimeOffset instant, DateTime local, DateTime wall, TimeZoneInfo zone)
    {
        var end = instant + (wall - local);
        var offset = zone.GetUtcOffset(instant);
        if (zone.GetUtcOffset(end.AddMinutes(-1)) == offset)
            return end;
        var (same, other) = (0, Minutes(instant, end) - 1);
        while (other - same > 1)
        {
            var middle = (same + other) / 2;
            if (zone.GetUtcOffset(instant.AddMinutes(middle)) == offset)
                same = middle;
            else
                other = middle;
        }

        return instant.AddMinutes(other);
    }

    /// <summary>Stretches of a visit with one rate on one wall clock day, in order.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To, TariffRate Rate, DateOnly Day)> Cut(
        Tariff tariff, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        while (from < to)
        {
            var local = ZoneTime.Local(from, zone);
            var (rate, ends) = tariff.At(local);
            var until = Until(from, local, ends, zone);
            if (until > to)
                until = to;
            yield return (from, until, rate, DateOnly.FromDateTime(local));
            from = until;
        }
    }
}
