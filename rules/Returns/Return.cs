using MallVip.Rules.Budgets;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>
/// What a return undoes: spend of the purchase's day, points, and the limits of lines that are gone
/// altogether. When all is back, the points that the purchase used come back as a new lot, which lapses as
/// points earned on the day of the return would. The tier stays until its validity ends.
/// </summary>
internal static class Return
{
    public static void Record(
        DecisionDraft draft, MallEvent happened, RefundData refund, PurchaseHistory history)
    {
        var bought = history.Facts.OfType<Fact.Purchased>().First();
        draft.Add(new Fact.Returned(
            refund.Store, refund.Receipt, refund.Refund, bought.Mall, bought.Day, refund.Paid, refund.Lines,
            history.Entry));
        CompareLines(draft, refund);
        var basket = new RemainingBasket(history.Purchase, history.Returns);
        basket.Take(refund.Paid, refund.Lines);
        if (basket.IsEmpty)
            GiveBackUsedPoints(draft, happened, refund, history);
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
        DecisionDraft draft, MallEvent happened, RefundData refund, PurchaseHistory history)
    {
        var spent = history.Facts.OfType<Fact.SpentPoints>().FirstOrDefault();
        if (spent is null || spent.Amount == Points.Zero
            || draft.Programme.FindWallet(spent.Wallet) is not { } wallet)
            return;
        var scope = EventScope.Of(draft.Programme, happened);
        var expiresAt = LotDates.ExpiresAt(wallet, scope.Day, scope.Zone);
        draft.Add(new Fact.Adjusted(
            wallet.Id,
            spent.Amount,
            LotBook.NumberFor(draft.State, wallet.Id, activatesAt: null, expiresAt),
            Earning.Settled(draft, wallet.Id, spent.Amount),
            expiresAt,
            [],
            $"refund:{refund.Refund}"));
    }

    private static void CompareLines(DecisionDraft draft, RefundData refund)
    {
        var sum = refund.Lines.Sum(line => line.Paid.Amount);
        if (!refund.Lines.IsEmpty && sum != refund.Paid.Amount)
            draft.Warn(WarningCodes.LinesDiffer, $"The lines add up to {sum}, paid back is {refund.Paid}.");
    }
}
