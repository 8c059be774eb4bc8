using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Due;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Coupons;

/// <summary>Adds what happens to coupons to a decision, whoever has asked for it.</summary>
internal static class CouponDesk
{
    /// <summary>How many coupons a member may have.</summary>
    public const int Most = 1_000;

    /// <summary>What stands in a grant's way; null: nothing.</summary>
    /// <param name="at">When it is granted, for its dates.</param>
    /// <param name="day">The day that its limit counts.</param>
    public static Rejection? RefuseGrant(
        DecisionDraft draft, CouponTemplate template, DateTimeOffset at, TimeZoneInfo zone, DateOnly day)
    {
        if (template.PerMember is { } limit && LimitWindows.UseOf(
            draft.State, template.LimitKey, LimitWindows.Of(limit.Every, day).First).Times >= limit.Times)
            return new(
                RejectionKind.CouponLimited, null,
                $"The member has been granted {limit.Times} of {template.Id} already.");
        return RefuseMore(draft, template, at, zone);
    }

    /// <summary>What stands in its way beside its limit; null: nothing.</summary>
    public static Rejection? RefuseMore(
        DecisionDraft draft, CouponTemplate template, DateTimeOffset at, TimeZoneInfo zone)
    {
        if (draft.State.Coupons?.Coupons.Length >= Most)
            return new(RejectionKind.CouponLimited, null, $"The member has {Most} coupons already.");
        return template.Valid.Of(at, zone).Until <= draft.Now
            ? new(RejectionKind.CouponExpired, null, $"Coupons of {template.Id} are not good any more.")
            : null;
    }

    /// <summary>Grants a coupon that nothing stands in the way of; what counts it follows.</summary>
    /// <param name="at">When, for its dates.</param>
    /// <param name="command">What asked for it; null: a rule acts.</param>
    public static Fact.CouponGranted Granted(
        DecisionDraft draft, CouponTemplate template, DateTimeOffset at, TimeZoneInfo zone,
        CouponCause cause, RuleRef? why, MemberCommand.GrantCoupon? command = null)
    {
        var (from, until) = template.Valid.Of(at, zone);
        return new(
            draft.State.Coupons?.Next ?? 1, template.Id, MinuteStamp.Round(from)!.Value,
            MinuteStamp.Round(until)!.Value, template.Uses, cause, why)
        {
            At = draft.Now,
            Piece = command?.Piece,
            List = command?.List,
            Reason = command?.Reason,
        };
    }

    /// <summary>Counts a grant, or what is asked for, against the member's limit.</summary>
    public static void Count(DecisionDraft draft, CouponTemplate template, DateOnly day)
    {
        if (template.PerMember is not { } limit)
            return;
        var (first, ends) = LimitWindows.Of(limit.Every, day);
        draft.Add(new Fact.LimitUsed(template.LimitKey, first, ends, 1, Points.Zero));
    }

    /// <summary>A reservation has ended.</summary>
    public static void Free(DecisionDraft draft, int number) =>
        draft.Add(new Fact.CouponReleased(number, TemplateOf(draft, number), "ended"));

    public static void Expire(DecisionDraft draft, int number) => End(draft, number, "expired", null);

    public static void End(DecisionDraft draft, int number, string how, string? reason)
    {
        var coupon = draft.State.Coupons!.Find(number)!.Value;
        draft.Add(new Fact.CouponEnded(number, coupon.Template, how, coupon.Left, reason)
        {
            Piece = coupon.Marks?.Piece,
        });
    }

    /// <summary>Redeems a coupon that nothing stands in the way of.</summary>
    public static void Redeem(
        DecisionDraft draft, in Coupon coupon, CouponTemplate template, CouponBasket basket, string receipt)
    {
        var off = template.Value.OffOf(basket.SumOf(template) ?? Money.Zero);
        draft.Add(new Fact.CouponRedeemed(
            coupon.Number, coupon.Template, basket.Store.Id, receipt, basket.Store.Mall.Id,
            DateOnly.FromDateTime(basket.Local), off)
        {
            Funding = template.Funding == Funding.ByMall ? null : template.Funding,
        });
    }

    /// <summary>Undoes a redemption as the template says; one that keeps it changes nothing.</summary>
    /// <param name="policy">What the template says.</param>
    /// <param name="isGone">The member does not have it any more: its redemption alone is undone.</param>
    public static void Return(
        DecisionDraft draft, in Coupon coupon, CouponUse use, string mall, CouponReturn policy,
        bool isGone = false)
    {
        var how = policy switch
        {
            CouponReturn.Keep => null,
            _ when isGone => "lapsed",
            CouponReturn.Void => "void",
            CouponReturn.GiveBack when coupon.Until <= draft.Now => "lapsed",
            CouponReturn.GiveBack => "back",
            _ => throw new InvalidOperationException($"Unknown on-return {policy}."),
        };
        if (how is not null)
            draft.Add(new Fact.CouponReturned(
                coupon.Number, coupon.Template, use.Store, use.Receipt, mall, use.Off, how)
            {
                Piece = how == "void" ? coupon.Marks?.Piece : null,
            });
    }

    /// <summary>The zone of days of what no store caused.</summary>
    public static TimeZoneInfo ZoneOf(DecisionDraft draft) => MemberZone.Of(draft.State, draft.Programme);

    private static string TemplateOf(DecisionDraft draft, int number) =>
        draft.State.Coupons!.Find(number)!.Value.Template;
}
