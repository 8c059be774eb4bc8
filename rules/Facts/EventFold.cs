using MallVip.Rules.Members;
using MallVip.Rules.Parking;

namespace MallVip.Rules.Facts;

/// <summary>How purchases, returns and parking change the member.</summary>
internal static class EventFold
{
    public static MemberState Apply(MemberState state, Fact.Purchased fact) => state with
    {
        Days = state.Days.AddPurchase(fact.Mall, fact.Day, fact.Paid.Amount),
        Purchases = state.Purchases + 1,
    };

    public static MemberState Apply(MemberState state, Fact.Returned fact) =>
        state with { Days = state.Days.RemoveSpend(fact.Mall, fact.Day, fact.Paid.Amount) };

    public static MemberState Apply(MemberState state, Fact.ParkingEntered fact) =>
        state with { Parking = state.Parking.Add(new(fact.Lot, fact.Plate, fact.Session, fact.At)) };

    public static MemberState Apply(MemberState state, Fact.ParkingLeft fact)
    {
        if (fact.EnteredAt is not { } entered)
            return state;
        for (var i = 0; i < state.Parking.Length; i++)
            if (state.Parking[i].Plate == fact.Plate && state.Parking[i].EnteredAt == entered)
                return state with { Parking = state.Parking.RemoveAt(i) };
        throw new InvalidOperationException($"No session is open since {entered:O}.");
    }

    /// <summary>Only time of a day is remembered: coupons, points and grants are gone once used.</summary>
    public static MemberState Apply(MemberState state, Fact.ParkingUsed fact) => state with
    {
        ParkingUses = ParkingRights.With(state.ParkingUses, fact.Uses
            .Where(use => use.Day is not null)
            .Select(use => use with { Source = ParkingRights.KeyOf(use.Source, fact.Mall)! })),
    };

    public static MemberState Apply(MemberState state, Fact.EventSettled fact)
    {
        for (var i = 0; i < state.Parked.Length; i++)
            if (state.Parked[i].Entry == fact.Entry)
                return state with { Parked = state.Parked.RemoveAt(i) };
        throw new InvalidOperationException($"Entry {fact.Entry} has no event waiting.");
    }

    public static MemberState Apply(MemberState state, Fact.RefundPostponed fact)
    {
        for (var i = 0; i < state.Parked.Length; i++)
            if (state.Parked[i].Entry == fact.Entry)
                return state with
                {
                    Parked = state.Parked.SetItem(i, state.Parked[i] with { LookAt = fact.At }),
                };
        throw new InvalidOperationException($"Entry {fact.Entry} has no event waiting.");
    }
}
