using System.Runtime.CompilerServices;

namespace MallVip.Rules.Quantities;

/// <summary>Days on the wall clocks of malls, safe where clocks change.</summary>
public static class ZoneTime
{
    private const int Kept = 64;

    // Every lot, limit and timer of a busy day asks for the same few days, and a zone's rules answer slowly.
    [ThreadStatic]
    private static KnownStart[]? _starts;

    /// <summary>The wall clock of a zone at an instant.</summary>
    public static DateTime Local(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(instant.UtcDateTime + zone.GetUtcOffset(instant), DateTimeKind.Unspecified);

    /// <summary>The calendar day of a zone at an instant.</summary>
    public static DateOnly Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(Local(instant, zone));

    /// <summary>
    /// The first instant of a day. Where clocks skip midnight it is the first time that exists, where
    /// midnight comes twice it is the earlier one.
    /// </summary>
    public static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        var starts = _starts ??= new KnownStart[Kept];
        ref var known = ref starts[(day.DayNumber ^ RuntimeHelpers.GetHashCode(zone)) & (Kept - 1)];
        if (!ReferenceEquals(known.Zone, zone) || known.Day != day)
            known = new(zone, day, FindStartOfDay(day, zone));
        return known.At;
    }

    /// <summary>24:00 of a day: the first instant after it.</summary>
    public static DateTimeOffset EndOfDay(DateOnly day, TimeZoneInfo zone) =>
        StartOfDay(day.AddDays(1), zone);

    private static DateTimeOffset FindStartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new(local, offset);
    }

    private readonly record struct KnownStart(TimeZoneInfo? Zone, DateOnly Day, DateTimeOffset At);
}
