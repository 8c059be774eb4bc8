using MallVip.Rules.Achievements;
using MallVip.Rules.Budgets;
using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Returns;

/// <summary>
/// What a return undoes: spend of the purchase's day, points, and the limits of lines that are gone
/// altogether. The points that the purchase used come back with the share of it that does, rounded down, the
/// rest when all is back; they lapse as points earned on the day of the return would. The tier stays until
/// its validity ends, unless it says otherwise.
/// </summary>
internal static class Return
{
    /// <summary>Records a return, which <see cref="Refuse"/> has nothing against, and lets the rules act on
    /// it.</summary>
    /// <param name="accepted">The fact behind which stands what the refund caused.</param>
    public static void Decide(
        DecisionDraft draft, MallEvent happened, RefundData refund, PurchaseHistory purchase, Fact accepted)
    {
        var before = draft.State;
        draft.Add(accepted);
        Record(draft, happened, refund, purchase);
        var scope = EventScope.Of(draft.Programme, happened);
        RuleRun.Of(draft, scope, before);
        var (first, state) = (draft.Facts.Count, draft.State);
        TierLadder.Return(draft, before);
        Chain.Follow(draft, scope, state, first);
    }

    /// <summary>What a refund asks for that its purchase does not have; null: it fits.</summary>
    public static Decision? Refuse(RefundData refund, PurchaseHistory purchase)
    {
        if (purchase.Returns.Any(earlier => earlier.Refund == refund.Refund))
            return Refusal.Of(
                RejectionKind.RefundKnown, "data.refund", $"Refund {refund.Refund} is recorded.");
        var basket = new RemainingBasket(purchase.Purchase, purchase.Returns);
        if (basket.UnknownLine(refund) is { } unknown)
            return Refusal.Of(
                RejectionKind.UnknownLine, "data.lines", $"The purchase has no line {unknown.Line}.");
        return basket.Excess(refund) is { } excess
            ? Refusal.Of(RejectionKind.ReturnExceedsPurchase, "data", excess)
            : null;
    }

    private static void Record(
        DecisionDraft draft, MallEvent happened, RefundData refund, PurchaseHistory history)
    {
        var bought = history.Facts.OfType<Fact.Purchased>().First();
        draft.Add(new Fact.Returned(
            refund.Store, refund.Receipt, refund.Refund, bought.Mall, bought.Day, refund.Paid, refund.Lines,
            history.Entry));
        if (draft.Programme.ShortWindows)
            draft.Add(new Fact.Noted(new(happened.Time, refund.Paid, IsBack: true)));
        CompareLines(draft, refund);
        var basket = new RemainingBasket(history.Purchase, history.Returns);
        basket.Take(refund.Paid, refund.Lines);
        AchievementCounting.TakeBack(
            draft, history, new RemainingBasket(history.Purchase, history.Returns), basket);
        if (basket.IsEmpty)
            Referral.Withdraw(draft, history.Purchase);
        GiveBackUsedPoints(draft, happened, refund, history, basket);
        CouponReturns.Settle(draft, history, basket);
        var lines = EarnedLine.Of(history);
        var kept = new KeptLines(history, basket).Of(lines);
        var taking = new TakingBack(draft, history);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Left <= kept[i])
                continue;
            var taken = taking.Take(lines[i], lines[i].Left - kept[i]);
            BudgetAsking.GiveBack(draft, history, lines[i].Fact, taken);
            if (kept[i] == Points.Zero)
                GiveBackLimits(draft, history, lines[i].Fact);
        }
    }

    private static void GiveBackLimits(DecisionDraft draft, PurchaseHistory history, Fact.Earned gone)
    {
        var capKey = history.Programme.FindWallet(gone.Wallet)?.CapKey;
        foreach (var used in history.Facts.OfType<Fact.LimitUsed>())
            if (used.Key == gone.Why?.Rule)
                draft.Add(used with { Times = -used.Times, Amount = -used.Amount });
        // Every step of a chain uses the cap, all in the window of the purchase's day.
        if (history.Facts.OfType<Fact.LimitUsed>().FirstOrDefault(used => used.Key == capKey) is { } cap)
            draft.Add(cap with { Times = 0, Amount = -gone.Amount });
    }

    private static void GiveBackUsedPoints(
        DecisionDraft draft, MallEvent happened, RefundData refund, PurchaseHistory history,
        RemainingBasket basket)
    {
        var spent = history.Facts.OfType<Fact.SpentPoints>().FirstOrDefault();
        if (spent is null || draft.Programme.FindWallet(spent.Wallet) is not { } wallet)
            return;
        var amount = basket.BackOf(spent.Amount) - history.UsedBack;
        if (amount <= Points.Zero)
            return;
        var scope = EventScope.Of(draft.Programme, happened);
        Earning.GiveBack(draft, wallet, amount, scope.Day, scope.Zone, $"refund:{refund.Refund}");
    }

    private static void CompareLines(DecisionDraft draft, RefundData refund)
    {
        var sum = refund.Lines.Sum(line => line.Paid.Amount);
        if (!refund.Lines.IsEmpty && sum != refund.Paid.Amount)
            draft.Warn(WarningCodes.LinesDiffer, $"The lines add up to {sum}, paid back is {refund.Paid}.");
    }
}
