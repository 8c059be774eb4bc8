namespace MallVip.Silo.Import.Values;

/// <summary>
/// Offsets of a zone by wall clock, remembered per quarter of an hour: asking the zone costs microseconds,
/// and a file has many rows of the same days. Since 1980 no zone has changed its clock within a quarter.
/// </summary>
internal sealed class ZoneOffsets(TimeZoneInfo zone)
{
    private const int FirstRememberedYear = 1980;
    private const int MostRemembered = 100_000;

    private readonly Dictionary<long, TimeSpan?> _remembered = [];

    public TimeZoneInfo Zone => zone;

    /// <summary>The offset; null when the clock showed this time twice or never.</summary>
    public TimeSpan? Plain(DateTime wall)
    {
        if (wall.Year < FirstRememberedYear)
            return Ask(wall);
        var quarter = wall.Ticks / (15 * TimeSpan.TicksPerMinute);
        if (_remembered.TryGetValue(quarter, out var offset))
            return offset;
        if (_remembered.Count == MostRemembered)
            _remembered.Clear();
        return _remembered[quarter] = Ask(wall);
    }

    private TimeSpan? Ask(DateTime wall) =>
        zone.IsInvalidTime(wall) || zone.IsAmbiguousTime(wall) ? null : zone.GetUtcOffset(wall);
}
