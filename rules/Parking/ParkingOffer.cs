using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Parking;

/// <summary>What one entitlement frees of what is left of a visit.</summary>
internal sealed class ParkingOffer(
    Programme programme, VisitClaim visit, MemberState? member, ParkingWish wish, DateTimeOffset now)
{
    private static readonly List<ParkingUse> Nothing = [];

    /// <param name="fee">With what has been taken before.</param>
    /// <param name="why">Why nothing is taken.</param>
    public List<ParkingUse> Take(ParkingEntitlement entitlement, ParkingFee fee, out string why)
    {
        var from = FeeClock.Floor(visit.PaidThrough ?? visit.EnteredAt);
        var spans = fee.Parts.Where(part => part.Rate is not null && part.To > from).ToArray();
        var left = spans.Sum(part => Overlap(part, from, part.To));
        why = "nothing-to-pay";
        if (left == 0 || fee.Amount <= visit.Paid)
            return Nothing;
        why = "no-member";
        if (member is null && entitlement is not ParkingEntitlement.OfGrant)
            return Nothing;
        why = "none-left";
        return entitlement switch
        {
            ParkingEntitlement.OfGrant => Whole(entitlement, Math.Min(wish.Granted, left)),
            ParkingEntitlement.OfCoupon when wish.Coupon == 0 => NotAsked(out why),
            ParkingEntitlement.OfCoupon =>
                [new(entitlement.Source, null, Math.Min(wish.Coupon, left)) { Coupon = wish.Number }],
            ParkingEntitlement.OfPoints when wish.Points == 0 => NotAsked(out why),
            ParkingEntitlement.OfPoints points => OfPoints(points, left, ref why),
            _ => Daily(entitlement, spans, from),
        };
    }

    private List<ParkingUse> OfPoints(ParkingEntitlement.OfPoints points, int left, ref string why)
    {
        var have = Math.Min(wish.Points, member!.Available(points.Wallet).Value);
        var wanted = (left + points.Minutes - 1) / points.Minutes;
        var times = (int)Math.Min(
            have / points.Points, Math.Min(wanted, (points.Most ?? int.MaxValue) / points.Minutes));
        if (times == 0)
            why = "too-few";
        return Whole(points, times * points.Minutes);
    }

    private List<ParkingUse> Daily(ParkingEntitlement entitlement, FeePart[] spans, DateTimeOffset from)
    {
        var (zone, mall) = (visit.Lot.Mall.Zone, visit.Lot.Mall.Id);
        var uses = new List<ParkingUse>();
        for (var day = ZoneTime.Day(from, zone); day <= ZoneTime.Day(now, zone); day = day.AddDays(1))
        {
            // Other tiers' entries are asked in their own places.
            if (entitlement is ParkingEntitlement.OfTier tier && member!.Tier?.Tier != tier.Tier)
                break;
            var begins = ZoneTime.StartOfDay(day, zone);
            var (first, end) = (begins > from ? begins : from, ZoneTime.EndOfDay(day, zone));
            var wanted = spans.Sum(part => Overlap(part, first, end));
            var minutes = Math.Min(
                wanted, ParkingRights.Left(member!, programme, entitlement.Source, mall, day));
            if (minutes > 0)
                uses.Add(new(entitlement.Source, day, minutes));
        }

        return uses;
    }

    private static List<ParkingUse> NotAsked(out string why)
    {
        why = "not-asked";
        return Nothing;
    }

    private static List<ParkingUse> Whole(ParkingEntitlement entitlement, int minutes) =>
        minutes > 0 ? [new(entitlement.Source, null, minutes)] : Nothing;

    private static int Overlap(FeePart part, DateTimeOffset from, DateTimeOffset to) =>
        Math.Max(0, FeeClock.Minutes(part.From > from ? part.From : from, part.To < to ? part.To : to));
}
