using System.Globalization;
using MallVip.Rules.Checking.Shapes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The forms of single values in programme files, and how they are read.</summary>
internal static class Forms
{
    private const string DayPattern = @"[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private const string DaySuffix = "d";

    /// <summary>The word for a month's last day.</summary>
    public const string MonthEnd = "month-end";

    /// <summary>
    /// Ids of rules, wallets, tiers, stores: letters and digits of any script, and <c>. _ : -</c> inside.
    /// </summary>
    public static readonly PatternShape Id = new("VALUE_NOT_ID", @"[\p{L}\p{N}][\p{L}\p{N}._:\-]{0,63}");

    /// <summary>A rule, with or without its rule set.</summary>
    public static readonly PatternShape RuleId = new(
        "VALUE_NOT_ID", @"[\p{L}\p{N}][\p{L}\p{N}._:\-]{0,63}(/[\p{L}\p{N}][\p{L}\p{N}._:\-]{0,63})?");

    public static readonly PatternShape Colour = new("VALUE_NOT_COLOUR", "#[0-9A-Fa-f]{6}");

    public static readonly PatternShape Decimal = new("VALUE_NOT_DECIMAL", @"-?[0-9]{1,15}(\.[0-9]{1,9})?");

    /// <summary>Names that expressions use: attributes and fields.</summary>
    public static readonly PatternShape FieldName =
        new("VALUE_NOT_FIELD_NAME", "[A-Za-z_][A-Za-z0-9_]{0,63}");

    public static readonly PatternShape EventType =
        new("VALUE_NOT_EVENT_TYPE", @"[a-z][a-z0-9_\-]*(\.[a-z][a-z0-9_\-]*)+");

    /// <summary>What a rule waits for: a type, an event of time with its days.</summary>
    public static readonly PatternShape RuleEvent =
        new("VALUE_NOT_EVENT_TYPE", @"[a-z][a-z0-9_\-]*(\.[a-z][a-z0-9_\-]*)+(\([0-9]{1,4}d\))?");

    public static readonly PatternShape Day =
        new("VALUE_NOT_DAY", DayPattern, text => ReadDay(text) is not null);

    public static readonly PatternShape MonthDay = new(
        "VALUE_NOT_MONTH_DAY", "[0-9]{2}-[0-9]{2}", text => ReadMonthDay(text) is not null);

    /// <summary>Where a tier's validity ends: a word, or a day of every year.</summary>
    public static readonly PatternShape TierEnd = new(
        "VALUE_NOT_TIER_END", "day|" + MonthEnd + "|[0-9]{2}-[0-9]{2}",
        text => text is "day" or MonthEnd || ReadMonthDay(text) is not null);

    public static readonly PatternShape DaySpan = new(
        "VALUE_NOT_DAY_SPAN", DayPattern + @"(\.\." + DayPattern + ")?", text =>
            ReadDaySpan(text) is not null);

    public static readonly PatternShape YearlySpan = new(
        "VALUE_NOT_YEARLY_SPAN", @"[0-9]{2}-[0-9]{2}(\.\.[0-9]{2}-[0-9]{2})?",
        text => ReadYearlySpan(text) is not null);

    public static readonly PatternShape Hours = new(
        "VALUE_NOT_HOURS", "[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}", text => ReadHours(text) is not null);

    public static readonly PatternShape Days = new("VALUE_NOT_DAYS", "[1-9][0-9]{0,3}d");

    public static readonly PatternShape Span = new("VALUE_NOT_SPAN", "[1-9][0-9]{0,3}d|[1-9][0-9]{0,2}mo");

    /// <summary>Minutes or hours, up to ten days.</summary>
    public static readonly PatternShape Duration = new(
        "VALUE_NOT_DURATION", "[1-9][0-9]{0,3}m|[1-9][0-9]{0,2}h",
        text => ReadMinutes(text) is <= 14_400);

    public static readonly PatternShape Percent = new(
        "VALUE_NOT_PERCENT", "[0-9]{1,3}%", text => ReadPercent(text) is not null);

    public static readonly PatternShape Zone = new(
        "VALUE_NOT_ZONE", @"[A-Za-z0-9_+\-/]{1,64}", text =>
            TimeZoneInfo.TryFindSystemTimeZoneById(text, out _));

    public static readonly PatternShape Currency = new("VALUE_NOT_CURRENCY", "[A-Z]{3}");

    /// <summary>Money of a receipt or of many.</summary>
    public static readonly PatternShape Amount = new("VALUE_NOT_AMOUNT", @"[0-9]{1,12}(\.[0-9]{1,6})?");

    /// <summary>What a point costs.</summary>
    public static readonly PatternShape Cost = new("VALUE_NOT_COST", @"[0-9]{1,9}(\.[0-9]{1,6})?");

    /// <summary>A mall-local minute.</summary>
    public static readonly PatternShape Moment = new(
        "VALUE_NOT_MOMENT", DayPattern + "T[0-9]{2}:[0-9]{2}", text => ReadMoment(text) is not null);

    public static DateTime? ReadMoment(string? text) => DateTime.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
        ? moment
        : null;

    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day)
            ? day
            : null;

    /// <summary>A day of every year; the 29th of February counts as one.</summary>
    public static DateOnly? ReadMonthDay(string? text) => ReadDay("0004-" + text);

    /// <summary>A day, or two with <c>..</c> between them.</summary>
    public static (DateOnly First, DateOnly Last)? ReadDaySpan(string text) => ReadSpan(text, ReadDay);

    /// <summary>A day of every year, or two with <c>..</c> between them.</summary>
    public static (DateOnly First, DateOnly Last)? ReadYearlySpan(string text) =>
        ReadSpan(text, ReadMonthDay);

    /// <summary>
    /// Start and end of day; an end of 24:00 is midnight, which as a window's end means the same.
    /// </summary>
    public static (TimeOnly Start, TimeOnly End)? ReadHours(string? text)
    {
        if (text?.Split('-') is not [var from, var to])
            return null;
        var start = ReadTime(from);
        var end = to is "24:00" ? TimeOnly.MinValue : ReadTime(to);
        return start is null || end is null ? null : (start.Value, end.Value);
    }

    /// <summary><c>30d</c>.</summary>
    public static int? ReadDays(string? text) =>
        text is not null && text.EndsWith(DaySuffix, StringComparison.Ordinal) ? ReadInteger(text[..^1])
            : null;

    /// <summary><c>30d</c> or <c>12mo</c>.</summary>
    public static CalendarSpan? ReadSpan(string? text)
    {
        if (ReadDays(text) is { } days)
            return new(0, days);
        return text is not null && text.EndsWith("mo", StringComparison.Ordinal) &&
            ReadInteger(text[..^2]) is { } months ? new(months, 0) : null;
    }

    /// <summary><c>30m</c> or <c>2h</c>, in minutes.</summary>
    public static int? ReadMinutes(string? text) => text switch
    {
        [.. var minutes, 'm'] => ReadInteger(minutes),
        [.. var hours, 'h'] => ReadInteger(hours) * 60,
        _ => null,
    };

    /// <summary><c>60%</c>, 0 to 100.</summary>
    public static int? ReadPercent(string? text) =>
        text is not null && text.EndsWith('%') && ReadInteger(text[..^1]) is >= 0 and <= 100 and var percent
            ? percent : null;

    public static decimal? ReadDecimal(string? text) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
        out var value) ? value : null;

    public static int? ReadInteger(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : null;

    public static long? ReadLong(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : null;

    private static (DateOnly First, DateOnly Last)? ReadSpan(string text, Func<string?, DateOnly?> read)
    {
        var parts = text.Split("..");
        return read(parts[0]) is { } first && read(parts[^1]) is { } last ? (first, last) : null;
    }

    private static TimeOnly? ReadTime(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
}
