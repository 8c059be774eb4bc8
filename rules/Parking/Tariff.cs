using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Parking;

/// <summary>
/// What parking costs. Every minute of a mall-local day has exactly one rate; the programme's check has seen
/// to that.
/// </summary>
/// <param name="Id">As <c>programme.yaml</c> names it.</param>
public sealed record Tariff(string Id)
{
    /// <summary>Minutes of a visit that cost nothing. Default 0.</summary>
    public int FreeMinutes { get; init; }

    /// <summary>Whether only visits that are no longer than <see cref="FreeMinutes"/> have them. Default
    /// false: they are the first of every visit.</summary>
    public bool FreeForShortStays { get; init; }

    /// <summary>The most that one period costs, and whether it is a mall-local day or 24 hours from the
    /// entry. Null: no cap.</summary>
    public TariffCap? Cap { get; init; }

    /// <summary>Rates by kind of day: the first group that has a day is the one of that day; the last has
    /// all.</summary>
    public required ImmutableArray<TariffDays> Days { get; init; }

    /// <summary>Tariffs in the place of this one, by the vehicle that the gate names.</summary>
    public ImmutableSortedDictionary<string, Tariff> Vehicles { get; init; } =
        ImmutableSortedDictionary<string, Tariff>.Empty;

    /// <summary>The tariff of a vehicle.</summary>
    /// <param name="vehicle">Null: the gate has not said.</param>
    public Tariff For(string? vehicle) =>
        vehicle is not null && Vehicles.TryGetValue(vehicle, out var own) ? own : this;

    /// <summary>The rate of a wall-clock time and where in the day it ends.</summary>
    public (TariffRate Rate, DateTime Ends) At(DateTime local)
    {
        var day = DateOnly.FromDateTime(local);
        foreach (var days in Days)
            if (days.Has(day))
                return days.At(local);
        throw new InvalidOperationException($"Tariff {Id} has no rates on {day:O}.");
    }
}

/// <summary>The most that a period of a visit costs.</summary>
/// <param name="FromEntry">Whether periods are 24 hours from the entry; otherwise mall-local days.</param>
public sealed record TariffCap(decimal Amount, bool FromEntry);

/// <summary>The rates of some days.</summary>
/// <param name="Calendars">Empty: of all days that no group before has.</param>
public sealed record TariffDays(ImmutableArray<Calendar> Calendars, ImmutableArray<TariffRate> Rates)
{
    public bool Has(DateOnly day) => Calendars.IsEmpty || Calendars.Any(calendar => calendar.Has(day));

    /// <summary>The rate of a wall-clock time, and its end or the day's.</summary>
    public (TariffRate Rate, DateTime Ends) At(DateTime local)
    {
        var minute = (local.Hour * 60) + local.Minute;
        foreach (var rate in Rates)
            if (rate.EndOf(minute) is { } end)
                return (rate, local.Date.AddMinutes(end));
        throw new InvalidOperationException($"No rate at {local:O}.");
    }
}
