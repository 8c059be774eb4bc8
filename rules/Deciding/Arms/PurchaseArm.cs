using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Returns;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>A purchase: spend of the day, points used, what the rules give, and the refunds that waited for
/// it.</summary>
internal static class PurchaseArm
{
    public static Decision? Decide(DecisionDraft draft, MallEvent happened, PurchaseData purchase)
    {
        if (IsKnown(draft, happened, purchase))
            return Refusal.Of(
                RejectionKind.ReceiptKnown, "data.receipt",
                $"Receipt {purchase.Receipt} of {purchase.Store} is recorded.");
        if (!draft.Programme.Stores.TryGetValue(purchase.Store, out var store))
            Park(draft, happened, purchase.Store);
        else
            Record(draft, happened, purchase, store, Fact.EventCounted.Instance);
        return null;
    }

    /// <summary>Accepts an event whose store is not declared: it waits.</summary>
    public static void Park(DecisionDraft draft, MallEvent happened, string store)
    {
        draft.Add(Fact.EventCounted.Instance);
        draft.Add(new Fact.EventParked(store, happened));
        draft.Warn(WarningCodes.UnknownStore, $"No store is called {store}.");
    }

    /// <param name="accepted">The fact behind which stands what the purchase caused.</param>
    public static void Record(
        DecisionDraft draft, MallEvent happened, PurchaseData purchase, Store store, Fact accepted)
    {
        var (before, begin) = (draft.State, draft.Facts.Count);
        var scope = EventScope.Of(draft.Programme, happened);
        draft.Add(accepted);
        draft.Add(new Fact.Purchased(store.Id, purchase.Receipt, store.Mall.Id, scope.Day, purchase.Paid));
        if (draft.Programme.ShortWindows)
            draft.Add(new Fact.Noted(new(happened.Time, purchase.Paid)));
        if (!purchase.Lines.IsEmpty)
            CompareLines(draft, purchase);
        var standing = Standing.Of(draft.State);
        if (!standing.Spends && (purchase.PointsUsed > Points.Zero || purchase.Hold is not null))
            draft.Warn(
                WarningCodes.MemberBlocked, $"{purchase.PointsUsed} used; the member is {standing.Word}.");
        else
            UsePoints(draft, purchase);
        if (!standing.Gains)
            draft.Warn(WarningCodes.MemberBlocked, $"No rule acts on a member who is {standing.Word}.");
        else
            Extending.ByPurchase(draft, scope);
        if (!purchase.Redeems.IsEmpty)
            CouponPurchase.Redeem(draft, scope, purchase, store, standing);
        RuleRun.Run(draft, scope, before);
        if (draft.State.Coupons is not null && standing.Gains)
            CouponPurchase.Multiply(draft, scope, purchase, begin);
        Reviewing.Conclude(draft, scope, begin, before);
        WaitingRefunds.Settle(draft, begin, happened, purchase, before);
    }

    private static bool IsKnown(DecisionDraft draft, MallEvent happened, PurchaseData purchase)
    {
        if (draft.Context.Purchase is { } known && known.Is(purchase.Store, purchase.Receipt)
            && known.Event != happened)
            return true;
        foreach (var parked in draft.State.Parked)
            if (parked.Event.Data is PurchaseData other && other.Store == purchase.Store
                && other.Receipt == purchase.Receipt)
                return true;
        return false;
    }

    private static void CompareLines(DecisionDraft draft, PurchaseData purchase)
    {
        var sum = 0m;
        foreach (var line in purchase.Lines)
            sum += line.Paid.Amount;
        if (sum != purchase.Paid.Amount)
            draft.Warn(
                WarningCodes.LinesDiffer, $"The lines add up to {new Money(sum)}, paid is {purchase.Paid}.");
    }

    /// <summary>What was held is free for the points that the purchase uses; the rest stays the
    /// member's.</summary>
    private static void Capture(DecisionDraft draft, string hold)
    {
        if (draft.State.FindHold(hold) is { } open)
            draft.Add(Holding.End(open, "captured"));
        else
            draft.Warn(WarningCodes.HoldUnknown, $"No hold {hold} is open.");
    }

    private static void UsePoints(DecisionDraft draft, PurchaseData purchase)
    {
        if (purchase.Hold is { } hold)
            Capture(draft, hold);
        if (purchase.PointsUsed == Points.Zero)
            return;
        if (draft.Programme.DefaultWallet is not { } wallet)
        {
            draft.Warn(WarningCodes.PointsShort, $"{purchase.PointsUsed} used, but no wallet can be spent.");
            return;
        }

        if (!wallet.Steps.Allows(purchase.PointsUsed))
            draft.Warn(
                WarningCodes.SpendUneven,
                $"{purchase.PointsUsed} used; from {wallet.Steps.From} in steps of {wallet.Steps.Step}.");
        var spent = Spending.Draw(draft.State, wallet, purchase.PointsUsed, null);
        draft.Add(spent);
        if (spent.Short > Points.Zero)
            draft.Warn(WarningCodes.PointsShort, $"{purchase.PointsUsed} used, {spent.Amount} available.");
    }
}
