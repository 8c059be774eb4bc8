using MallVip.Rules.Cel;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary><c>event.local</c>: the event's time on the wall clock of its mall.</summary>
internal static class LocalTime
{
    private static readonly string[] WeekDays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The problem with a literal that names no calendar: a code of the texts.</summary>
    public const string UnknownCalendar = "CALENDAR_UNKNOWN";

    public static CelObjectType<EvalContext> Build(Declarations declared) =>
        new CelObjectType<EvalContext>("local")
        .Field("year", c => (long)c.Local.Year)
        .Field("month", c => (long)c.Local.Month)
        .Field("day", c => (long)c.Local.Day)
        .Field("hour", c => (long)c.Local.Hour)
        .Field("minute", c => (long)c.Local.Minute)
        .Field("weekday", c => WeekDays[(int)c.Local.DayOfWeek], CelType.Enum("weekday", WeekDays))
        .Field("date", c => c.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
        .LiteralMethod<Calendar, bool>("on", CalendarOf(declared), (c, calendar) => calendar.Has(c.Day));

    private static CelLiteralParser<Calendar> CalendarOf(Declarations declared) =>
        (string text, out Calendar calendar, out string problem) =>
        {
            problem = UnknownCalendar;
            return declared.Calendars.TryGetValue(text, out calendar!);
        };
}
