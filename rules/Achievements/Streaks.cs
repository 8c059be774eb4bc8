using MallVip.Rules.Programmes;

namespace MallVip.Rules.Achievements;

/// <summary>Unbroken rows of days, weeks (from Monday) or months, each numbered by its place in
/// time.</summary>
internal static class Streaks
{
    public static int NumberOf(StreakUnit unit, DateOnly day) => unit switch
    {
        StreakUnit.Day => day.DayNumber,
        StreakUnit.Week => day.DayNumber / 7,
        StreakUnit.Month => day.Year * 12 + day.Month - 1,
        _ => throw new InvalidOperationException($"Unknown unit {unit}."),
    };

    public static DateOnly FirstDay(StreakUnit unit, int number) => unit switch
    {
        StreakUnit.Day => DateOnly.FromDayNumber(number),
        StreakUnit.Week => DateOnly.FromDayNumber(7 * number),
        StreakUnit.Month => new(number / 12, number % 12 + 1, 1),
        _ => throw new InvalidOperationException($"Unknown unit {unit}."),
    };

    /// <summary>The row that a unit stands in.</summary>
    /// <param name="days">Days that count, oldest first.</param>
    /// <returns>Its first and last number; null: the unit has no day that counts.</returns>
    public static (int First, int Last)? Around(StreakUnit unit, IEnumerable<DateOnly> days, int number)
    {
        (int First, int Last)? row = null;
        foreach (var day in days)
        {
            var next = NumberOf(unit, day);
            if (row is { } open && next <= open.Last + 1)
                row = (open.First, next);
            else if (row is { } done && done.Last >= number)
                break;
            else
                row = (next, next);
        }

        return row is { } found && found.First <= number && number <= found.Last ? found : null;
    }
}
