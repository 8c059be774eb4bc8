namespace MallVip.Rules.Quantities;

/// <summary>
/// An optional instant in four bytes, to the whole minute, for what every resident member holds many of. What
/// is not a whole minute is rounded up, so that 23:59:59 is the end of its day. Range: 1970 to the year 9999.
/// </summary>
internal readonly record struct MinuteStamp
{
    private readonly uint _minutes;

    public MinuteStamp(DateTimeOffset? instant) =>
        _minutes = instant is { } at ? checked((uint)Math.Max(1, Ceiling(at.UtcTicks) + 1)) : 0;

    /// <summary>The instant in UTC; null: none.</summary>
    public DateTimeOffset? Instant =>
        _minutes == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks((_minutes - 1L) * TimeSpan.TicksPerMinute);

    /// <summary>
    /// The instant as it is kept: rounded up to the minute, with the offset that it came with.
    /// </summary>
    /// <remarks>On the last day that time can express, down.</remarks>
    public static DateTimeOffset? Round(DateTimeOffset? instant)
    {
        if (instant is not { } at)
            return null;
        var rest = at.UtcTicks % TimeSpan.TicksPerMinute;
        var isLastDay = at.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerDay;
        return rest == 0 ? at : at.AddTicks(isLastDay ? -rest : TimeSpan.TicksPerMinute - rest);
    }

    private static long Ceiling(long ticks)
    {
        var since = ticks - DateTimeOffset.UnixEpoch.UtcTicks;
        return since < 0 ? 0 : (since + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
    }
}
