using MallVip.Rules.Cel;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary><c>event.local</c>: the event's time on the wall clock of its mall.</summary>
internal static class LocalTime
{
    private static readonly string[] WeekDays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static CelObjectType<EvalContext> Type { get; } = new CelObjectType<EvalContext>("local")
        .Field("year", c => (long)c.Local.Year)
        .Field("month", c => (long)c.Local.Month)
        .Field("day", c => (long)c.Local.Day)
        .Field("hour", c => (long)c.Local.Hour)
        .Field("minute", c => (long)c.Local.Minute)
        .Field("weekday", c => WeekDays[(int)c.Local.DayOfWeek], CelType.Enum("weekday", WeekDays))
        .Field("date", c => c.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
}
