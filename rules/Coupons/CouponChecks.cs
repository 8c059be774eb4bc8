using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;

namespace MallVip.Rules.Coupons;

/// <summary>Why a coupon is not taken, in the order in which it is asked; null: it is.</summary>
internal static class CouponChecks
{
    /// <summary>Whether the member has it, and when it is taken.</summary>
    public static Rejection? Find(MemberState state, int number, DateTimeOffset now, out Coupon coupon)
    {
        coupon = state.Coupons?.Find(number) ?? default;
        if (coupon.Number == 0)
            return number > 0 && number < state.Coupons?.Next
                ? Of(RejectionKind.CouponExpired, $"Coupon {number} has expired or was taken back.")
                : Of(RejectionKind.UnknownCoupon, $"The member has no coupon {number}.");
        if (coupon.Until <= now)
            return Of(RejectionKind.CouponExpired, $"Coupon {number} was good until {coupon.Until:O}.");
        return null;
    }

    /// <summary>Whether a till may use it now, were it not for the basket.</summary>
    public static Rejection? AtTill(in Coupon coupon, DateTimeOffset now, string store, string? receipt)
    {
        if (coupon.From > now)
            return Of(
                RejectionKind.CouponNotYetValid, $"Coupon {coupon.Number} is good from {coupon.From:O} on.");
        if (coupon.Left == 0)
            return Of(RejectionKind.CouponUsed, $"Coupon {coupon.Number} has been redeemed.");
        if (coupon.Hold is { } hold && !(hold.Store == store && (hold.Receipt ?? receipt) == receipt))
            return Of(
                RejectionKind.CouponReserved, $"Coupon {coupon.Number} is reserved until {hold.Until:O}.");
        return null;
    }

    /// <summary>Whether the basket is what the template wants.</summary>
    public static Rejection? InBasket(CouponTemplate template, CouponBasket basket, MemberState state)
    {
        var scope = template.Scope;
        if ((!scope.Malls.IsEmpty && !scope.Malls.Contains(basket.Store.Mall.Id))
            || (!scope.Stores.IsEmpty && !scope.Stores.Contains(basket.Store.Id)))
            return Of(RejectionKind.CouponOutOfScope, $"{template.Id} is not taken at {basket.Store.Id}.");
        if (scope.Active is { } active && !active.Covers(basket.Local))
            return Of(
                RejectionKind.CouponOutOfScope,
                $"{template.Id} is not taken at this time, {basket.Local:yyyy-MM-dd HH:mm}.");
        if (!scope.Tiers.IsEmpty && !scope.Tiers.Contains(state.Tier?.Tier ?? ""))
            return Of(RejectionKind.CouponOutOfScope, $"{template.Id} is not for the member's tier.");
        if (basket.SumOf(template) is not { } sum)
            return Of(
                RejectionKind.CouponOutOfScope, $"No line of the receipt is what {template.Id} is for.");
        return sum < template.From
            ? Of(RejectionKind.CouponBelowThreshold,
                $"{template.Id} is taken from {template.From} on; the receipt has {sum}.")
            : null;
    }

    /// <summary>Whether it may stand beside what the same receipt has redeemed already.</summary>
    public static Rejection? Beside(
        CouponTemplate template, int number, MemberState state, Programmes.Programme programme, string store,
        string? receipt)
    {
        if (receipt is null)
            return null;
        foreach (ref readonly var other in (state.Coupons?.Coupons ?? []).AsSpan())
            foreach (var use in other.Marks?.Uses ?? [])
                if (use.Is(store, receipt))
                {
                    if (other.Number == number)
                        return Of(
                            RejectionKind.CouponUsed,
                            $"Coupon {number} has been redeemed with receipt {receipt}.");
                    if (programme.Coupons.GetValueOrDefault(other.Template) is { } beside
                        && (template.Alone || beside.Alone || beside.Stack == template.Stack))
                        return Of(
                            RejectionKind.CouponExcluded,
                            $"Coupon {other.Number} of {other.Template} is on the receipt already.");
                }

        return null;
    }

    private static Rejection Of(RejectionKind kind, Sentence detail) => new(kind, null, detail);
}
