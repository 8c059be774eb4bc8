using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>When points become active and when they lapse, by the policies of their wallet.</summary>
public static class LotDates
{
    /// <summary>00:00 of the Nth day after the day of earning; null: at once.</summary>
    public static DateTimeOffset? ActivatesAt(Wallet wallet, DateOnly day, TimeZoneInfo zone) =>
        wallet.PendingDays > 0 ? ZoneTime.StartOfDay(day.AddDays(wallet.PendingDays), zone) : null;

    /// <summary>24:00 of the last day; null: never.</summary>
    public static DateTimeOffset? ExpiresAt(Wallet wallet, DateOnly day, TimeZoneInfo zone) =>
        LastDay(wallet.Expiry, day) is { } last ? ZoneTime.EndOfDay(last, zone) : null;

    /// <summary>The last day on which points earned on a day are good; null: they always are.</summary>
    public static DateOnly? LastDay(ExpiryPolicy policy, DateOnly day) => policy switch
    {
        ExpiryPolicy.Never => null,
        ExpiryPolicy.AfterMonths { MonthEnd: false } months => day.AddMonths(months.Months),
        ExpiryPolicy.AfterMonths months => MonthEnd(day.AddMonths(months.Months)),
        ExpiryPolicy.AfterDays days => day.AddDays(days.Days),
        ExpiryPolicy.NextYearOn fixedDay => DayOf(day.Year + 1, fixedDay.Month, fixedDay.Day),
        _ => throw new InvalidOperationException($"Unknown expiry {policy.GetType().Name}."),
    };

    /// <summary>A day of a year; one that the month lacks is the month's last.</summary>
    public static DateOnly DayOf(int year, int month, int day) =>
        new(year, month, Math.Min(day, DateTime.DaysInMonth(year, month)));

    private static DateOnly MonthEnd(DateOnly day) => DayOf(day.Year, day.Month, 31);
}
