using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>
/// The attribute <c>birthday</c> (a date, kept as month and day) against the event's mall-local day.
/// </summary>
internal static class Birthdays
{
    /// <summary>The name of the attribute that means the member's birthday.</summary>
    public const string Attribute = "birthday";

    /// <summary>Of the 29th of February: in other years the 28th.</summary>
    public static bool IsToday(EvalContext context)
    {
        if (Of(context) is not { } birthday || birthday.Month != context.Day.Month)
            return false;
        var lastDay = DateTime.DaysInMonth(context.Day.Year, birthday.Month);
        return context.Day.Day == Math.Min(birthday.Day, lastDay);
    }

    public static bool IsThisMonth(EvalContext context) => Of(context)?.Month == context.Day.Month;

    private static DateOnly? Of(EvalContext context) =>
        context.Member.Attributes.GetValueOrDefault(Attribute) is FieldValue.Date date ? date.Value : null;
}
