using MallVip.Rules.Checking.Shapes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Which days and hours something is for, as <see cref="ActiveReader"/> reads it.</summary>
internal static class ActiveFormat
{
    private static readonly EitherShape Calendars = new(Forms.Id, list: new ListShape(Forms.Id, 20));

    public static readonly Key Days = new(
        "days", new ListShape(new ChoiceShape([.. WeekDays.Words]), 7),
        "Days of the week: mon, tue, wed, thu, fri, sat, sun.");

    public static readonly Key Hours = new(
        "hours", Forms.Hours,
        "`HH:MM-HH:MM`, start included, end excluded; past midnight belongs to the day it began.");

    public static readonly Key Calendar = new(
        "calendar", Calendars, "On days of this calendar only, or of any of a list.");

    public static readonly Key Except = new(
        "except", Calendars, "On no day of this calendar, or of any of a list.");
}
