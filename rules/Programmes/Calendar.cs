using System.Collections.Immutable;
using MallVip.Rules.Ledger;

namespace MallVip.Rules.Programmes;

/// <summary>A named set of mall-local days: holidays, a member day, a shopping festival.</summary>
public sealed record Calendar(string Id, string Name)
{
    /// <summary>Days of one year, both ends included.</summary>
    public ImmutableArray<(DateOnly First, DateOnly Last)> Days { get; init; } = [];

    /// <summary>
    /// Days of every year, both ends included, in the year 4; one that ends before it begins runs over New
    /// Year. The 29th of February is the 28th in other years.
    /// </summary>
    public ImmutableArray<(DateOnly First, DateOnly Last)> Yearly { get; init; } = [];

    /// <summary>Days of every month, 1 to 31; one that a month lacks is its last.</summary>
    public ImmutableArray<int> Monthly { get; init; } = [];

    /// <summary>Whether a mall-local day is one of them.</summary>
    public bool Has(DateOnly day)
    {
        foreach (var (first, last) in Days)
            if (day >= first && day <= last)
                return true;
        foreach (var (from, to) in Yearly)
            if (IsWithin(day, Of(day.Year, from), Of(day.Year, to)))
                return true;
        foreach (var number in Monthly)
            if (LotDates.DayOf(day.Year, day.Month, number) == day)
                return true;
        return false;
    }

    private static bool IsWithin(DateOnly day, DateOnly first, DateOnly last) =>
        first <= last ? day >= first && day <= last : day >= first || day <= last;

    private static DateOnly Of(int year, DateOnly yearly) => LotDates.DayOf(year, yearly.Month, yearly.Day);
}
