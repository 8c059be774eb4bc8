using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>A signed span in nanoseconds, about 292 years either way.</summary>
public readonly record struct CelDuration(long Nanos) : IComparable<CelDuration>
{
    internal const long NanosPerSecond = 1_000_000_000;
    private const long NanosPerTick = 100;

    public static CelDuration From(TimeSpan span) => new(span.Ticks * NanosPerTick);

    /// <summary>Rounded toward zero to 100 ns.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanos / NanosPerTick);

    public int CompareTo(CelDuration other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Seconds with a decimal fraction and the unit, as in <c>90s</c> or <c>1.5s</c>.</summary>
    public override string ToString() =>
        ((decimal)Nanos / NanosPerSecond).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    /// <summary>
    /// Numbers with units h, m, s, ms, us, ns in a row, as in <c>1h30m</c> or <c>-1.5s</c>; <c>0</c> alone.
    /// </summary>
    public static bool TryParse(string text, out CelDuration duration)
    {
        duration = default;
        var negative = text.StartsWith('-');
        var position = negative || text.StartsWith('+') ? 1 : 0;
        if (text.Length == position)
            return false;
        if (text.AsSpan(position) is "0")
            return true;
        var total = 0m;
        while (position < text.Length)
        {
            if (!TryPart(text, ref position, out var nanos))
                return false;
            total += nanos;
            if (total > 1e19m)
                return false;
        }
        total = decimal.Truncate(negative ? -total : total);
        if (total < long.MinValue || total > long.MaxValue)
            return false;
        duration = new CelDuration((long)total);
        return true;
    }

    public static bool operator <(CelDuration left, CelDuration right) => left.CompareTo(right) < 0;

    public static bool operator <=(CelDuration left, CelDuration right) => left.CompareTo(right) <= 0;

    public static bool operator >(CelDuration left, CelDuration right) => left.CompareTo(right) > 0;

    public static bool operator >=(CelDuration left, CelDuration right) => left.CompareTo(right) >= 0;

    private static bool TryPart(string text, ref int position, out decimal nanos)
    {
        nanos = 0;
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
            position++;
        if (!decimal.TryParse(text.AsSpan(start, position - start), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) || number > 1e15m)
            return false;
        var unitStart = position;
        while (position < text.Length && !char.IsAsciiDigit(text[position]) && text[position] != '.')
            position++;
        var unit = UnitNanos(text.AsSpan(unitStart, position - unitStart));
        nanos = number * unit;
        return unit != 0;
    }

    private static decimal UnitNanos(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3600m * NanosPerSecond,
        "m" => 60m * NanosPerSecond,
        "s" => NanosPerSecond,
        "ms" => 1_000_000,
        "us" or "µs" or "μs" => 1_000,
        "ns" => 1,
        _ => 0,
    };
}
