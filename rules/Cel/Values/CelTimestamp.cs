namespace MallVip.Rules.Cel;

/// <summary>
/// An instant from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z: whole seconds since 1970 (UTC) and
/// nanoseconds 0..999,999,999 that always count forward.
/// </summary>
public readonly record struct CelTimestamp(long Seconds, int Nanos) : IComparable<CelTimestamp>
{
    internal const long MinSeconds = -62_135_596_800;
    internal const long MaxSeconds = 253_402_300_799;
    private const int NanosPerTick = 100;
    private const int NanosPerSecond = 1_000_000_000;

    public static CelTimestamp From(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new CelTimestamp(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * NanosPerTick)
            : new CelTimestamp(seconds, (int)rest * NanosPerTick);
    }

    /// <summary>Rounded down to 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanos / NanosPerTick);

    public int CompareTo(CelTimestamp other)
    {
        var bySeconds = Seconds.CompareTo(other.Seconds);
        return bySeconds != 0 ? bySeconds : Nanos.CompareTo(other.Nanos);
    }

    /// <summary>RFC 3339 in UTC with as many fraction digits as there are.</summary>
    public override string ToString()
    {
        var text = DateTimeOffset.FromUnixTimeSeconds(Seconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        return Nanos == 0 ? text + "Z" : $"{text}.{Nanos:D9}".TrimEnd('0') + "Z";
    }

    public static bool operator <(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) < 0;

    public static bool operator <=(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) <= 0;

    public static bool operator >(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) > 0;

    public static bool operator >=(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) >= 0;

    internal static bool TryAdd(CelTimestamp at, Int128 nanos, out CelTimestamp sum)
    {
        var total = (Int128)at.Seconds * NanosPerSecond + at.Nanos + nanos;
        var seconds = total / NanosPerSecond;
        var rest = total % NanosPerSecond;
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + NanosPerSecond);
        var inRange = seconds >= MinSeconds && seconds <= MaxSeconds;
        sum = inRange ? new CelTimestamp((long)seconds, (int)rest) : default;
        return inRange;
    }

    internal Int128 NanosSince(CelTimestamp earlier) =>
        ((Int128)Seconds - earlier.Seconds) * NanosPerSecond + (Nanos - earlier.Nanos);
}
