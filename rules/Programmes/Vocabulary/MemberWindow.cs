using System.Globalization;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>A window of whole days, or one of minutes that ends with the event.</summary>
/// <param name="Span">Zero: see <paramref name="Days"/>.</param>
internal readonly record struct MemberWindow(DayWindow Days, TimeSpan Span)
{
    /// <summary>Windows of minutes reach back so far: <see cref="Members.RecentReceipts.Kept"/>.</summary>
    public const int MostDays = 31;

    /// <summary>Whether it is <c>90m</c> or <c>24h</c>.</summary>
    public bool IsShort => Span > TimeSpan.Zero;

    /// <summary>Reads <c>90m</c>, <c>24h</c>, or what <see cref="DayWindow.TryParse"/> reads.</summary>
    public static bool TryParse(string text, out MemberWindow window, out string problem)
    {
        if (TryParseShort(text, out window, out problem))
            return true;
        var isDays = DayWindow.TryParse(text, out var days, out problem);
        window = new(days, TimeSpan.Zero);
        return isDays;
    }

    /// <summary>Reads <c>90m</c>, <c>24h</c> or <c>30d</c>, which is 30 times 24 hours; 31 days at most.
    /// </summary>
    public static bool TryParseSpan(string text, out MemberWindow window, out string problem)
    {
        if (TryParseShort(text, out window, out problem))
            return true;
        var isSpan = Count(text, 'd') is >= 1 and <= MostDays;
        window = isSpan ? new(default, TimeSpan.FromDays(Count(text, 'd'))) : default;
        return isSpan;
    }

    private static bool TryParseShort(string text, out MemberWindow window, out string problem)
    {
        problem = "WINDOW_UNKNOWN";
        var minutes = Math.Max(Count(text, 'm'), 60L * Count(text, 'h'));
        var isShort = minutes is >= 1 and <= MostDays * 24 * 60;
        window = isShort ? new(default, TimeSpan.FromMinutes(minutes)) : default;
        return isShort;
    }

    /// <summary>0: it is no such count.</summary>
    private static int Count(string text, char unit) => text.EndsWith(unit)
        && int.TryParse(
            text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count
        : 0;
}
