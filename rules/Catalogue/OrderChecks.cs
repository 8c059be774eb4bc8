using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Catalogue;

/// <summary>What stands in the way of an order and of its steps; null: nothing.</summary>
internal static class OrderChecks
{
    /// <summary>Whether the member may order a reward at a mall now, and has the points.</summary>
    public static Rejection? Refuse(DecisionDraft draft, Reward reward, string mall)
    {
        var (state, now) = (draft.State, draft.Now);
        if (!draft.Programme.Malls.TryGetValue(mall, out var place) || !reward.IsAt(mall))
            return Of(RejectionKind.RewardUnavailable, "mall", $"{reward.Id} is not to be had at {mall}.");
        if (reward.From > now || reward.To <= now)
            return Of(RejectionKind.RewardUnavailable, "reward", $"{reward.Id} is not to be had now.");
        if (!reward.Tiers.IsEmpty && !reward.Tiers.Contains(state.Tier?.Tier ?? ""))
            return Of(
                RejectionKind.RewardUnavailable, "reward", $"{reward.Id} is not for the member's tier.");
        if (reward.PerMember is { } limit && LimitWindows.UseOf(
            state, reward.LimitKey, LimitWindows.Of(limit.Every, ZoneTime.Day(now, place.Zone)).First).Times
                >= limit.Times)
            return Of(
                RejectionKind.RewardLimited, "reward",
                $"The member has ordered {limit.Times} of {reward.Id}.");
        if (state.Orders.Count(order => order.IsOpen) >= OrderDesk.Most)
            return Of(RejectionKind.RewardLimited, null, $"The member has {OrderDesk.Most} open orders.");
        return RefusePoints(draft, reward) ?? RefuseCoupon(draft, reward, place.Zone);
    }

    /// <summary>Why nothing more happens to an order; null: it waits to be paid or picked up.</summary>
    public static Decision? Over(RewardOrder order) => order.Status switch
    {
        OrderStatus.Unpaid or OrderStatus.Ready => null,
        OrderStatus.Expired => Refusal.Of(
            RejectionKind.OrderExpired, null, $"The order had expired at {order.Until:O}."),
        OrderStatus.PickedUp => Refusal.Of(RejectionKind.OrderOver, null, "The order has been picked up."),
        OrderStatus.Cancelled => Refusal.Of(
            RejectionKind.OrderOver, null, $"The order was called off at {order.Until:O}."),
        OrderStatus.Returned => Refusal.Of(
            RejectionKind.OrderOver, null, $"The order was brought back at {order.Until:O}."),
        _ => throw new InvalidOperationException($"Unknown status {order.Status}."),
    };

    /// <summary>Whether a desk hands out the order's reward.</summary>
    public static Decision? Desk(Programme programme, RewardOrder order, string desk) =>
        programme.Rewards.TryGetValue(order.Reward, out var reward)
            && reward.Desks.TryGetValue(order.Mall, out var desks) && !desks.Contains(desk)
            ? Refusal.Of(
                RejectionKind.UnknownDesk, "desk",
                $"{order.Reward} is handed over at {string.Join(", ", desks)}, not at {desk}.")
            : null;

    private static Rejection? RefusePoints(DecisionDraft draft, Reward reward)
    {
        var price = reward.PriceFor(draft.State.Tier?.Tier);
        if (draft.Programme.FindWallet(reward.Wallet) is not { } wallet)
            return Of(RejectionKind.UnknownWallet, "reward", $"No wallet is called {reward.Wallet}.");
        var free = Spending.Free(draft.State, wallet);
        return price.Points > Points.Zero && free < price.Points
            ? Of(RejectionKind.InsufficientPoints, "reward", $"{price.Points} asked for, {free} available.")
            : null;
    }

    private static Rejection? RefuseCoupon(DecisionDraft draft, Reward reward, TimeZoneInfo zone) =>
        reward.Coupon is { } template
            ? CouponDesk.RefuseMore(draft, draft.Programme.Coupons[template], draft.Now, zone)
            : null;

    private static Rejection Of(RejectionKind kind, string? field, string detail) => new(kind, field, detail);
}
