using System.Collections.Immutable;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Parking;

/// <summary>What paying for a visit now would use and leave to be paid. Pure.</summary>
/// <param name="Fee">Of the whole visit until now, with what is used.</param>
/// <param name="Uses">What would be used, in order.</param>
/// <param name="Points">What of it are points.</param>
/// <param name="Due">Money that is left to be paid.</param>
/// <param name="Unused">Entitlements that are not used, and why: <c>no-member</c>, <c>none-left</c>,
/// <c>not-asked</c>, <c>too-few</c> (points), <c>nothing-to-pay</c>, <c>no-saving</c>.</param>
public sealed record ParkingPlan(
    ParkingFee Fee, ImmutableArray<ParkingUse> Uses, long Points, decimal Due,
    ImmutableArray<(string Source, string Why)> Unused)
{
    /// <summary>Each entitlement takes, in the stated order, what is left of the time since the last
    /// payment; at last those go, from the last one on, without which the fee is the same.</summary>
    /// <param name="member">Null: nobody has the plate.</param>
    public static ParkingPlan Of(
        Programme programme, VisitClaim visit, MemberState? member, ParkingWish wish, DateTimeOffset now)
    {
        var taken = new List<ParkingUse>();
        var unused = new List<(string Source, string Why)>();
        foreach (var entitlement in programme.ParkingEntitlements)
        {
            var offer = new ParkingOffer(programme, visit, member, wish, now);
            var uses = offer.Take(entitlement, visit.Fee(now, taken), out var why);
            taken.AddRange(uses);
            if (uses.Count == 0)
                unused.Add((entitlement.Source, why));
        }

        for (var i = taken.Count - 1; i >= 0; i--)
        {
            var without = taken.Where((_, at) => at != i);
            if (visit.Fee(now, without).Amount != visit.Fee(now, taken).Amount)
                continue;
            unused.Add((taken[i].Source, "no-saving"));
            taken.RemoveAt(i);
        }

        var fee = visit.Fee(now, taken);
        return new(
            fee, [.. taken], PointsOf(programme, taken), Math.Max(0m, fee.Amount - visit.Paid),
            [.. unused.Where(one => taken.All(use => use.Source != one.Source)).Distinct()]);
    }

    /// <summary>The points that uses cost.</summary>
    public static long PointsOf(Programme programme, IEnumerable<ParkingUse> uses)
    {
        var minutes = uses.Where(use => use.Source == ParkingEntitlement.OfPoints.Word)
            .Sum(use => use.Minutes);
        var offers = programme.ParkingEntitlements.OfType<ParkingEntitlement.OfPoints>();
        return offers.FirstOrDefault() is { } sold
            ? minutes / sold.Minutes * sold.Points : 0;
    }
}
