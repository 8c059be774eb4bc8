using System.Collections.Immutable;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Parking;

/// <summary>A visit as fees are worked out of it.</summary>
/// <param name="Lot">Has a tariff.</param>
/// <param name="Vehicle">Null: the gate has not said.</param>
/// <param name="Payments">In their order.</param>
public sealed record VisitClaim(
    ParkingLot Lot, string? Vehicle, DateTimeOffset EnteredAt, ImmutableArray<VisitPayment> Payments)
{
    /// <summary>Up to where it has been paid for; null: not at all.</summary>
    public DateTimeOffset? PaidThrough => Payments.IsEmpty ? null : Payments[^1].Through;

    /// <summary>What has been paid in money.</summary>
    public decimal Paid => Payments.Sum(payment => payment.Money);

    /// <summary>What it costs until an instant, with what was freed by payments and what more is
    /// freed.</summary>
    /// <param name="more">Frees minutes since the last payment.</param>
    public ParkingFee Fee(DateTimeOffset until, params IEnumerable<ParkingUse> more)
    {
        var freed = new List<FreedTime>();
        DateTimeOffset? from = null;
        foreach (var payment in Payments)
        {
            freed.AddRange(payment.Uses.Select(use => Freed(use, from, payment.Through)));
            from = payment.Through;
        }

        freed.AddRange(more.Select(use => Freed(use, from, until)));
        return IsFree ? ParkingFee.Of(Nothing, Lot.Mall.Zone, EnteredAt, until)
            : ParkingFee.Of(Lot.Tariff!.For(Vehicle), Lot.Mall.Zone, EnteredAt, until, [.. freed]);
    }

    /// <summary>What is still to be paid for leaving at an instant.</summary>
    public decimal DueAt(DateTimeOffset exit) =>
        exit <= PaidThrough?.AddMinutes(Lot.Grace) ? 0m : Math.Max(0m, Fee(exit).Amount - Paid);

    private bool IsFree => Vehicle is not null && Lot.Exceptions.Contains(Vehicle);

    private static Tariff Nothing { get; } = new(Tariffs.Free)
    {
        Days = [new([], [new(Tariffs.Free, 0, TariffRate.Day, [new(null, 0m, TariffRate.Day)], null)])],
    };

    private FreedTime Freed(ParkingUse use, DateTimeOffset? from, DateTimeOffset to)
    {
        from = from is { } last ? FeeClock.Floor(last) : null;
        to = FeeClock.Floor(to);
        if (use.Day is { } day)
        {
            var begins = FeeClock.Floor(ZoneTime.StartOfDay(day, Lot.Mall.Zone));
            var ends = FeeClock.Floor(ZoneTime.EndOfDay(day, Lot.Mall.Zone));
            from = from is null || begins > from ? begins : from;
            to = ends < to ? ends : to;
        }

        return new(use.Source, use.Minutes, from, to);
    }
}
