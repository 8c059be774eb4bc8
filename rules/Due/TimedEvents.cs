using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Due;

/// <summary>
/// When the events come that time makes, and what they say. Each of them fires once per occurrence: what lies
/// at or before its mark has been fired. What came to pass before rules waited for it never fires.
/// </summary>
internal static class TimedEvents
{
    /// <summary>The next occurrence that has not been fired; null: none.</summary>
    public static DateTimeOffset? Next(MemberState state, Programme programme, TimedEvent timed)
    {
        var through = Through(state, timed.Type);
        return timed.Kind switch
        {
            TimedKind.Inactive => NextInactive(state, programme, timed, through),
            TimedKind.Expiring => FirstExpiring(state, timed, through),
            TimedKind.TierEnding => After(timed, through, state.Tier?.Until?.AddDays(-timed.Days)),
            TimedKind.CouponExpiring => FirstCoupon(state, timed, through),
            _ => throw new InvalidOperationException($"Unknown event of time {timed.Kind}."),
        };
    }

    /// <summary>What the occurrence at an instant says: one event; of expiring points one a wallet, of
    /// coupons one a template.</summary>
    public static IEnumerable<Trigger> At(MemberState state, TimedEvent timed, DateTimeOffset at) =>
        timed.Kind switch
        {
            TimedKind.Inactive => [new Trigger { Days = timed.Days }],
            TimedKind.Expiring => Expiring(state, timed.Days, at.AddDays(timed.Days)),
            TimedKind.CouponExpiring => Coupons(state, timed.Days, at.AddDays(timed.Days)),
            TimedKind.TierEnding =>
                [new Trigger { Days = timed.Days, From = state.Tier!.Tier, Ends = state.Tier.Until!.Value }],
            _ => throw new InvalidOperationException($"Unknown event of time {timed.Kind}."),
        };

    private static Trigger[] Expiring(MemberState state, int days, DateTimeOffset ends) =>
    [
        .. state.Lots.Where(lot => lot.ExpiresAt == ends)
            .GroupBy(lot => lot.Wallet, StringComparer.Ordinal)
            .OrderBy(wallet => wallet.Key, StringComparer.Ordinal)
            .Select(wallet => new Trigger
            {
                Days = days,
                Wallet = wallet.Key,
                Points = wallet.Sum(lot => lot.Remaining.Value),
                Ends = ends,
            }),
    ];

    private static Trigger[] Coupons(MemberState state, int days, DateTimeOffset ends) =>
    [
        .. (state.Coupons?.Coupons ?? []).Where(coupon => coupon.Left > 0 && coupon.Until == ends)
            .GroupBy(coupon => coupon.Template, StringComparer.Ordinal)
            .OrderBy(template => template.Key, StringComparer.Ordinal)
            .Select(template => new Trigger
            {
                Days = days,
                Coupon = template.Key,
                Times = template.Count(),
                Ends = ends,
            }),
    ];

    private static DateTimeOffset? FirstCoupon(MemberState state, TimedEvent timed, DateTimeOffset through)
    {
        DateTimeOffset? first = null;
        foreach (ref readonly var coupon in (state.Coupons?.Coupons ?? []).AsSpan())
            if (coupon.Left > 0 && After(timed, through, coupon.Until.AddDays(-timed.Days)) is { } at
                && (first is null || at < first))
                first = at;
        return first;
    }

    /// <summary>A midnight that another zone only moved is the one that has been fired.</summary>
    private static DateTimeOffset? NextInactive(
        MemberState state, Programme programme, TimedEvent timed, DateTimeOffset through)
    {
        var at = InactiveAt(state, programme, timed.Days);
        return at - through < MemberZone.SameMidnight ? null : After(timed, through, at);
    }

    /// <summary>00:00 of the Nth day after the last day in a mall, or after the enrolment.</summary>
    private static DateTimeOffset InactiveAt(MemberState state, Programme programme, int days)
    {
        var zone = MemberZone.Of(state, programme);
        var last = ZoneTime.Day(state.EnrolledAt, zone);
        if (state.Days.LastDay is { } seen && seen > last)
            last = seen;
        return ZoneTime.StartOfDay(last.AddDays(days), zone);
    }

    private static DateTimeOffset? FirstExpiring(
        MemberState state, TimedEvent timed, DateTimeOffset through)
    {
        DateTimeOffset? first = null;
        foreach (ref readonly var lot in state.Lots.AsSpan())
            if (After(timed, through, lot.ExpiresAt?.AddDays(-timed.Days)) is { } at
                && (first is null || at < first))
                first = at;
        return first;
    }

    private static DateTimeOffset? After(TimedEvent timed, DateTimeOffset through, DateTimeOffset? at) =>
        at > through && at >= timed.Since ? at : null;

    private static DateTimeOffset Through(MemberState state, string type)
    {
        foreach (var mark in state.Timed)
            if (mark.Event == type)
                return mark.Through;
        return default;
    }
}
