using System.Collections.Immutable;

namespace MallVip.Rules.Parking;

/// <summary>What a visit costs, with its parts.</summary>
/// <param name="Minutes">Of the visit; seconds do not count.</param>
/// <param name="Amount">In the mall's currency: the sum of the parts.</param>
/// <param name="Parts">In the order of their first minutes, free ones too.</param>
/// <param name="Freed">How many minutes each <see cref="FreedTime"/> has freed, in their order.</param>
public sealed record ParkingFee(
    int Minutes, decimal Amount, ImmutableArray<FeePart> Parts, ImmutableArray<int> Freed)
{
    /// <summary>Works out what a visit costs. Pure.</summary>
    /// <param name="tariff">Of the vehicle.</param>
    /// <param name="zone">The mall's.</param>
    /// <param name="freed">What entitlements free, in the order in which they do.</param>
    /// <returns>Nothing where the exit is not after the entry.</returns>
    public static ParkingFee Of(
        Tariff tariff, TimeZoneInfo zone, DateTimeOffset entry, DateTimeOffset exit,
        params ReadOnlySpan<FreedTime> freed)
    {
        (entry, exit) = (FeeClock.Floor(entry), FeeClock.Floor(exit));
        var minutes = Math.Max(0, FeeClock.Minutes(entry, exit));
        var ledger = new FeeLedger(tariff, zone, entry, exit);
        var paid = new PaidTime(entry, exit);
        ledger.Free(paid, Tariffs.Free, FreeMinutes(tariff, minutes), entry, exit);
        var used = ImmutableArray.CreateBuilder<int>(freed.Length);
        foreach (var time in freed)
            used.Add(ledger.Free(paid, time.Source, time.Minutes, time.From ?? entry, time.To ?? exit));
        ledger.Charge(paid);
        return ledger.ToFee(minutes, used.MoveToImmutable());
    }

    internal static int FreeMinutes(Tariff tariff, int minutes) =>
        tariff.FreeForShortStays && minutes > tariff.FreeMinutes ? 0 : tariff.FreeMinutes;
}
