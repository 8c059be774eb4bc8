using MallVip.Client.Wire;
using MallVip.Grains.Coupons;
using MallVip.Rules.Coupons;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Coupons;

/// <summary>Shows coupons as the wire does.</summary>
/// <param name="programme">The programme in force, for names.</param>
internal sealed class CouponBodies(Func<Programme> programme, CouponCodes codes)
{
    /// <summary>All coupons of a status; null: of any.</summary>
    public IEnumerable<CouponBody> Of(MemberState state, DateTimeOffset now, string? status) =>
        from coupon in state.Coupons?.Coupons ?? []
        where coupon.Until > now
        let body = Of(state, coupon, now)
        where status is null || body.Status == status
        select body;

    public static string StatusOf(in Coupon coupon, DateTimeOffset now) =>
        coupon.Left == 0 ? "used"
            : coupon.Hold?.Until > now ? "reserved"
            : coupon.From > now ? "waiting"
            : "available";

    public CouponBody Of(MemberState state, Coupon coupon, DateTimeOffset now)
    {
        var names = programme();
        var template = names.Coupons.GetValueOrDefault(coupon.Template);
        var zone = state.HomeMall is { } home && names.Malls.TryGetValue(home, out var mall)
            ? mall.Zone : names.Zone;
        var held = coupon.Hold is { } hold && hold.Until > now ? hold.Until : (DateTimeOffset?)null;
        return new(
            coupon.Number, codes.Of(state, coupon.Number), coupon.Template, template?.Name ?? coupon.Template,
            template?.Value.Word,
            StatusOf(coupon, now),
            TimeZoneInfo.ConvertTime(coupon.From, zone), TimeZoneInfo.ConvertTime(coupon.Until, zone),
            coupon.Left, held is { } until ? TimeZoneInfo.ConvertTime(until, zone) : null);
    }
}
