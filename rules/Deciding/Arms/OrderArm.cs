using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Rewards ordered, paid, picked up, called off and brought back.</summary>
internal static class OrderArm
{
    /// <summary>Changes nothing where the member has this order already.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.OrderReward command)
    {
        if (draft.State.FindOrder(command.Order) is not null)
            return null;
        if (!draft.Programme.Rewards.TryGetValue(command.Reward, out var reward))
            return Refusal.Of(
                RejectionKind.UnknownReward, "reward", $"No reward is called {command.Reward}.");
        if (OrderChecks.Refuse(draft, reward, command.Mall) is { } refusal)
            return new Decision.Rejected(refusal);
        var price = reward.PriceFor(draft.State.Tier?.Tier);
        var coupon = reward.Coupon is { } template ? draft.Programme.Coupons[template] : null;
        var isDue = price.Cash > Money.Zero;
        var until = isDue ? draft.Now.AddMinutes(reward.PayMinutes)
            : OrderDesk.EndAfter(draft, command.Mall, reward.PickUpDays);
        draft.Add(new Fact.OrderPlaced(
            command.Order, reward.Id, command.Mall, reward.Wallet, price.Points, price.Cash, draft.Now,
            until));
        OrderDesk.Count(
            draft, reward, ZoneTime.Day(draft.Now, OrderDesk.ZoneOf(draft.Programme, command.Mall)));
        if (coupon is not null && !isDue)
            return GiveCoupon(draft, draft.State.FindOrder(command.Order)!, coupon);
        OrderDesk.Hold(draft, command.Order, reward.Wallet, price.Points, until, reward.Id);
        return null;
    }

    /// <summary>Changes nothing where the same payment is told again.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.PayOrder command)
    {
        if (draft.State.FindOrder(command.Order) is not { } order)
            return Unknown();
        if (order.Payment == command.Payment)
            return null;
        if (order.Status != OrderStatus.Unpaid)
            return OrderChecks.Over(order)
                ?? Refusal.Of(RejectionKind.OrderPaid, null, "Nothing of the order is to be paid.");
        if (command.Paid != order.Cash)
            return Refusal.Of(
                RejectionKind.AmountOutOfRange, "paid",
                $"{command.Paid} is not the {order.Cash} of the order.");
        var reward = draft.Programme.Rewards.GetValueOrDefault(order.Reward);
        var coupon = draft.Programme.Coupons.GetValueOrDefault(reward?.Coupon ?? "");
        var days = reward?.PickUpDays ?? 14;
        var until = OrderDesk.EndAfter(draft, order.Mall, days);
        if (coupon is not null && CouponDesk.RefuseMore(
            draft, coupon, draft.Now, OrderDesk.ZoneOf(draft.Programme, order.Mall)) is { } refusal)
            return new Decision.Rejected(refusal);
        draft.Add(new Fact.OrderPaid(order.Id, command.Payment, until));
        if (coupon is not null)
            return GiveCoupon(draft, order, coupon);
        OrderDesk.Free(draft, order, "released");
        OrderDesk.Hold(draft, order.Id, order.Wallet, order.Points, until, order.Reward);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.PickUpOrder command)
    {
        if (draft.State.FindOrder(command.Order) is not { } order)
            return Unknown();
        if (order.Status == OrderStatus.Unpaid)
            return Refusal.Of(RejectionKind.OrderUnpaid, null, $"{order.Cash} of the order is to be paid.");
        if (OrderChecks.Over(order) is { } over)
            return over;
        if (OrderChecks.Desk(draft.Programme, order, command.Desk) is { } elsewhere)
            return elsewhere;
        var days = draft.Programme.Rewards.GetValueOrDefault(order.Reward)?.ReturnDays ?? 0;
        OrderDesk.Free(draft, order, "captured");
        draft.Add(new Fact.OrderPickedUp(
            order.Id, command.Desk, days > 0 ? OrderDesk.EndAfter(draft, order.Mall, days) : draft.Now));
        return All(order, OrderDesk.Spend(draft, order));
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.CancelOrder command)
    {
        if (draft.State.FindOrder(command.Order) is not { } order)
            return Unknown();
        if (OrderChecks.Over(order) is { } over)
            return over;
        if (draft.Programme.Rewards.GetValueOrDefault(order.Reward) is { Cancels: false })
            return Refusal.Of(
                RejectionKind.OrderKept, null, $"Orders of {order.Reward} are not called off.");
        OrderDesk.Free(draft, order, "released");
        draft.Add(new Fact.OrderEnded(
            order.Id, "cancelled", draft.Now, OrderDesk.CashOf(order), command.Reason));
        OrderDesk.Uncount(draft, order);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReturnOrder command)
    {
        if (draft.State.FindOrder(command.Order) is not { } order)
            return Unknown();
        if (order.Status != OrderStatus.PickedUp)
            return OrderChecks.Over(order)
                ?? Refusal.Of(RejectionKind.OrderNotPickedUp, null, "The order has not been picked up.");
        if (order.Until <= draft.Now)
            return Refusal.Of(
                RejectionKind.OrderKept, null,
                $"The order could be returned until {order.Until:O}, or not at all.");
        if (OrderChecks.Desk(draft.Programme, order, command.Desk) is { } elsewhere)
            return elsewhere;
        draft.Add(new Fact.OrderReturned(
            order.Id, command.Desk, draft.Now, command.Restock, OrderDesk.CashOf(order), command.Reason));
        if (order.Points > Points.Zero && draft.Programme.FindWallet(order.Wallet) is { } wallet)
        {
            var zone = OrderDesk.ZoneOf(draft.Programme, order.Mall);
            Earning.GiveBack(
                draft, wallet, order.Points, ZoneTime.Day(draft.Now, zone), zone,
                OrderDesk.ReasonOf(order.Reward));
        }

        OrderDesk.Uncount(draft, order);
        return null;
    }

    private static Decision? GiveCoupon(DecisionDraft draft, RewardOrder order, CouponTemplate template) =>
        All(order, OrderDesk.GiveCoupon(draft, order, template));

    /// <summary>A return may have taken what was set aside.</summary>
    private static Decision? All(RewardOrder order, Points missing) =>
        missing > Points.Zero ? PointsArm.TooFew(order.Points - missing, order.Points) : null;

    private static Decision Unknown() =>
        Refusal.Of(RejectionKind.UnknownOrder, null, "The order is not the member's, or long over.");
}
