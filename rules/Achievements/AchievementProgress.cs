using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Achievements;

/// <summary>How far a member is with an achievement on a day: in the window of that day, or in the unbroken
/// row that it stands in.</summary>
/// <param name="Sum">What has come together there; of a streak its length.</param>
/// <param name="Times">How often it was reached there.</param>
/// <param name="TimesEver">How often it ever was.</param>
/// <param name="Ends">The first day after the window; of a streak the first day on which it is broken unless
/// it goes on before. Null: no end.</param>
public sealed record AchievementProgress(
    Achievement Achievement, decimal Sum, int Times, int TimesEver, DateOnly? Ends)
{
    private const int MostAtOnce = 1_000_000;

    /// <summary>As of a day of the mall, that day included.</summary>
    public static AchievementProgress Of(MemberState state, Achievement achievement, DateOnly day)
    {
        var book = state.Achievements ?? AchievementBook.Empty;
        return achievement.Streak is { } unit
            ? OfStreak(book, achievement, unit, day)
            : OfWindow(book, achievement, day);
    }

    /// <summary>What counts towards reaching it the next time; the goal, where it is not reached again.
    /// </summary>
    public decimal Shown => Achievement.Recurs switch
    {
        Recurrence.Once when TimesEver > 0 => Achievement.Goal,
        Recurrence.EveryPeriod when Times > 0 => Achievement.Goal,
        Recurrence.Always => Math.Max(0, Sum - (decimal)Achievement.Goal * Times),
        _ => Math.Clamp(Sum, 0, Achievement.Goal),
    };

    /// <summary>How often it has been reached and nobody has said so yet.</summary>
    internal int Owed
    {
        get
        {
            var full = (int)Math.Clamp(Math.Floor(Sum / Achievement.Goal), 0, MostAtOnce);
            return Achievement.Recurs switch
            {
                Recurrence.Once => TimesEver > 0 ? 0 : Math.Min(full, 1),
                Recurrence.EveryPeriod => Times > 0 ? 0 : Math.Min(full, 1),
                Recurrence.Always => Math.Max(0, full - Times),
                _ => throw new InvalidOperationException($"Unknown recurrence of {Achievement.Id}."),
            };
        }
    }

    private static AchievementProgress OfWindow(AchievementBook book, Achievement achievement, DateOnly day)
    {
        var sum = book.SumOf(achievement.Id);
        var byDay = achievement.Counts == AchievementCounts.Days;
        if (achievement.Every == LimitWindow.Ever)
            return new(achievement, byDay ? sum.Days : sum.Amount, sum.Times, sum.Times, null);
        var (first, ends) = LimitWindows.Of(achievement.Every, day);
        var last = ends.AddDays(-1);
        var counted = byDay
            ? book.Counted.CountSpendingDays(achievement.Id, first, last)
            : book.Counted.Spent(first, last, achievement.Id);
        return new(achievement, counted, TimesIn(book, achievement, first, last), sum.Times, ends);
    }

    /// <summary>A row that has not been broken yet goes on: today may still come.</summary>
    private static AchievementProgress OfStreak(
        AchievementBook book, Achievement achievement, StreakUnit unit, DateOnly day)
    {
        var (ever, now) = (book.SumOf(achievement.Id).Times, Streaks.NumberOf(unit, day));
        var days = book.Counted.SpendingDays(achievement.Id);
        if ((Streaks.Around(unit, days, now) ?? Streaks.Around(unit, days, now - 1)) is not { } row)
            return new(achievement, 0, 0, ever, null);
        var (first, ends) = (Streaks.FirstDay(unit, row.First), Streaks.FirstDay(unit, row.Last + 1));
        return new(
            achievement, row.Last - row.First + 1, TimesIn(book, achievement, first, ends.AddDays(-1)), ever,
            Streaks.FirstDay(unit, row.Last + 2));
    }

    private static int TimesIn(
        AchievementBook book, Achievement achievement, DateOnly first, DateOnly last) =>
        (int)book.Reached.Spent(first, last, achievement.Id);
}
