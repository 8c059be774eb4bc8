using System.Globalization;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>
/// A window of whole mall-local days that ends with today: the last N days, or what has passed of this week
/// (from Monday), month, year or year of membership (from the day of the enrolment).
/// </summary>
/// <param name="Days">Today included; 0: see <paramref name="Since"/>.</param>
internal readonly record struct DayWindow(int Days, CalendarUnit Since)
{
    /// <summary>As long as days are kept: <see cref="Members.DayLog.RetentionDays"/>.</summary>
    public const int MostDays = 1_100;

    public DateOnly FirstDay(EvalContext context) => Since is CalendarUnit.MembershipYear
        ? MembershipYear.FirstDay(context)
        : FirstDay(context.Day);

    private DateOnly FirstDay(DateOnly today) => Since switch
    {
        CalendarUnit.None => today.AddDays(-Math.Min(Days - 1, today.DayNumber)),
        CalendarUnit.Week => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)),
        CalendarUnit.Month => new(today.Year, today.Month, 1),
        CalendarUnit.Year => new(today.Year, 1, 1),
        _ => throw new InvalidOperationException($"No window {Since}."),
    };

    /// <summary>
    /// Reads <c>90d</c>, <c>week</c>, <c>month</c>, <c>year</c> or <c>membership-year</c>; the problem is a
    /// code of the texts.
    /// </summary>
    public static bool TryParse(string text, out DayWindow window, out string problem)
    {
        problem = "WINDOW_UNKNOWN";
        window = text switch
        {
            "week" => new(0, CalendarUnit.Week),
            "month" => new(0, CalendarUnit.Month),
            "year" => new(0, CalendarUnit.Year),
            "membership-year" => new(0, CalendarUnit.MembershipYear),
            _ => default,
        };
        if (window.Since != CalendarUnit.None)
            return true;
        var counted = text.EndsWith('d') &&
            int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var days) &&
            days is >= 1 and <= MostDays;
        window = counted
            ? new(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture),
            CalendarUnit.None) : default;
        return counted;
    }
}

/// <summary>What a window began with.</summary>
internal enum CalendarUnit
{
    None,
    Week,
    Month,
    Year,
    MembershipYear,
}
