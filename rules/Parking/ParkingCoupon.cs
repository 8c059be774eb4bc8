using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Parking;

/// <summary>Coupons that pay for parking: of templates that give parking time and ask for no purchase.
/// </summary>
public static class ParkingCoupon
{
    /// <summary>Why a member's coupon does not free time in a car park now; null: it does.</summary>
    /// <param name="minutes">What it frees.</param>
    public static Rejection? Refuse(
        MemberState member, Programme programme, ParkingLot lot, int number, DateTimeOffset now,
        out int minutes)
    {
        minutes = 0;
        if (CouponChecks.Find(member, number, now, out var coupon) is { } unknown)
            return unknown;
        if (!programme.Coupons.TryGetValue(coupon.Template, out var template))
            return new(
                RejectionKind.UnknownTemplate, null, $"No coupon template is called {coupon.Template}.");
        minutes = template.Value is CouponValue.Parking time ? time.Minutes : 0;
        return CouponChecks.AtTill(coupon, now, lot.Id, null)
            ?? (minutes > 0 && Takes(programme, template, member, lot, now)
                ? null
                : new(
                    RejectionKind.CouponOutOfScope, null,
                    $"{template.Id} does not pay for parking at {lot.Id} now."));
    }

    /// <summary>A coupon's number with this member, of one that was another's before a merge.</summary>
    /// <param name="of">Whose number it is; null: this member's.</param>
    internal static int NumberAt(MemberState member, MemberId? of, int number)
    {
        foreach (var absorbed in member.Absorbed)
            if (absorbed.Member == of)
                return number + absorbed.CouponsFrom;
        return number;
    }

    internal static void Redeem(
        DecisionDraft draft, ParkingLot lot, int number, string payment)
    {
        var coupon = draft.State.Coupons!.Find(number)!.Value;
        var funding = draft.Programme.Coupons[coupon.Template].Funding;
        draft.Add(new Fact.CouponRedeemed(
            number, coupon.Template, lot.Id, payment, lot.Mall.Id, ZoneTime.Day(draft.Now, lot.Mall.Zone),
            Money.Zero)
        {
            Funding = funding == Funding.ByMall ? null : funding,
        });
    }

    private static bool Takes(
        Programme programme, CouponTemplate template, MemberState member, ParkingLot lot, DateTimeOffset now)
    {
        var scope = template.Scope;
        return programme.ParkingEntitlements.Any(one => one is ParkingEntitlement.OfCoupon)
            && template.From == Money.Zero
            && scope is { Stores.IsEmpty: true, Categories.IsEmpty: true, Brands.IsEmpty: true }
            && (scope.Malls.IsEmpty || scope.Malls.Contains(lot.Mall.Id))
            && (scope.Tiers.IsEmpty || scope.Tiers.Contains(member.Tier?.Tier ?? ""))
            && scope.Active?.Covers(ZoneTime.Local(now, lot.Mall.Zone)) != false;
    }
}
