using System.Collections.Immutable;

namespace MallVip.Rules.Programmes;

/// <summary>
/// When a rule acts, in the time zone of the event's mall and by the event's time. Both days included; hours
/// include the start and exclude the end; hours past midnight belong to the day they began.
/// </summary>
public sealed record ActiveWindow(
    DateOnly? From, DateOnly? To, ImmutableArray<DayOfWeek> Days, TimeOnly? Start, TimeOnly? End)
{
    /// <summary>On days of any of these only; empty: on all days.</summary>
    public ImmutableArray<Calendar> Calendars { get; init; } = [];

    /// <summary>On no day of any of these.</summary>
    public ImmutableArray<Calendar> Except { get; init; } = [];

    /// <summary>Whether the window covers a mall-local wall-clock time.</summary>
    public bool Covers(DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        var day = DateOnly.FromDateTime(local);
        if (Start is { } start && End is { } end)
        {
            var overnight = end <= start;
            if (overnight && time < end)
                day = day.AddDays(-1);
            else if (time < start || (!overnight && time >= end))
                return false;
        }

        return (From is null || day >= From) && (To is null || day <= To) &&
            (Days.IsDefaultOrEmpty || Days.Contains(day.DayOfWeek)) &&
            (Calendars.IsEmpty || IsIn(Calendars, day)) && !IsIn(Except, day);
    }

    private static bool IsIn(ImmutableArray<Calendar> calendars, DateOnly day)
    {
        foreach (var calendar in calendars)
            if (calendar.Has(day))
                return true;
        return false;
    }
}
