using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Catalogue;

/// <summary>Adds what happens to ordered rewards to a decision, whoever has asked for it.</summary>
internal static class OrderDesk
{
    /// <summary>How many orders of a member may wait to be paid or picked up.</summary>
    public const int Most = 100;

    /// <summary>Sets the points of an order aside; none: nothing.</summary>
    public static void Hold(
        DecisionDraft draft, string order, string wallet, Points points, DateTimeOffset until, string reward)
    {
        if (points > Points.Zero)
            draft.Add(new Fact.PointsHeld(order, wallet, points, until, ReasonOf(reward)));
    }

    /// <summary>The points of an order are free again, to be spent or not.</summary>
    public static void Free(DecisionDraft draft, RewardOrder order, string cause)
    {
        if (draft.State.FindHold(order.Id) is { } hold)
            draft.Add(Holding.End(hold, cause));
    }

    /// <summary>Spends the points of an order, as far as they are there.</summary>
    /// <returns>What was asked for but is not there.</returns>
    public static Points Spend(DecisionDraft draft, RewardOrder order)
    {
        if (order.Points <= Points.Zero || draft.Programme.FindWallet(order.Wallet) is not { } wallet)
            return order.Points;
        var spent = Spending.Draw(draft.State, wallet, order.Points, ReasonOf(order.Reward));
        draft.Add(spent);
        return spent.Short;
    }

    /// <summary>Hands over what is no thing: the coupon that the reward is.</summary>
    /// <returns>What of the points is not there.</returns>
    public static Points GiveCoupon(DecisionDraft draft, RewardOrder order, CouponTemplate template)
    {
        Free(draft, order, "captured");
        draft.Add(new Fact.OrderPickedUp(order.Id, null, draft.Now));
        var missing = Spend(draft, order);
        draft.Add(CouponDesk.Granted(
            draft, template, draft.Now, ZoneOf(draft.Programme, order.Mall), CouponCause.Reward, null));
        return missing;
    }

    /// <summary>Nobody has paid or picked it up in time.</summary>
    public static void Expire(DecisionDraft draft, RewardOrder order)
    {
        var reward = draft.Programme.Rewards.GetValueOrDefault(order.Reward);
        var isForfeit = order.Status == OrderStatus.Ready && reward?.OnExpiry == RewardExpiry.Forfeit;
        Free(draft, order, isForfeit ? "captured" : "ended");
        draft.Add(new Fact.OrderEnded(
            order.Id, "expired", order.Until, isForfeit ? Money.Zero : CashOf(order), null));
        if (isForfeit)
            Spend(draft, order);
        else
            Uncount(draft, order);
    }

    /// <summary>What was paid for it in cash.</summary>
    public static Money CashOf(RewardOrder order) => order.Payment is null ? Money.Zero : order.Cash;

    /// <summary>Counts an order against the member's limit.</summary>
    public static void Count(DecisionDraft draft, Reward reward, DateOnly day, int times = 1)
    {
        if (reward.PerMember is not { } limit)
            return;
        var (first, ends) = LimitWindows.Of(limit.Every, day);
        draft.Add(new Fact.LimitUsed(reward.LimitKey, first, ends, times, Points.Zero));
    }

    /// <summary>An order that came to nothing counts no more.</summary>
    public static void Uncount(DecisionDraft draft, RewardOrder order)
    {
        if (draft.Programme.Rewards.TryGetValue(order.Reward, out var reward))
            Count(draft, reward, ZoneTime.Day(order.At, ZoneOf(draft.Programme, order.Mall)), -1);
    }

    /// <summary>24:00 of the last of so many days after this one, at a mall.</summary>
    public static DateTimeOffset EndAfter(DecisionDraft draft, string mall, int days)
    {
        var zone = ZoneOf(draft.Programme, mall);
        return ZoneTime.EndOfDay(ZoneTime.Day(draft.Now, zone).AddDays(days), zone);
    }

    public static TimeZoneInfo ZoneOf(Programme programme, string mall) =>
        programme.Malls.GetValueOrDefault(mall)?.Zone ?? programme.Zone;

    /// <summary>What lines of the ledger say an order's points went for.</summary>
    public static string ReasonOf(string reward) => "reward:" + reward;
}
