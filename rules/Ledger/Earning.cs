using MallVip.Rules.Budgets;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>Turns the earn and multiply rules that act on an event into lots and used limits.</summary>
internal static class Earning
{
    public static void Run(DecisionDraft draft, EventScope scope, List<RuleMatch> matches)
    {
        foreach (var wallet in draft.Programme.Wallets)
            if (Touches(matches, wallet.Id))
            {
                var lines = EarnLines.Of(draft, scope, wallet, matches);
                Record(draft, scope, wallet, lines.Lines);
                foreach (var answer in lines.Budgets ?? [])
                    BudgetAsking.Record(draft, answer, UsedBy(answer.Budget.Rule, lines.Lines));
            }
    }

    /// <summary>Adds points; while the balance is negative, active ones pay it off first.</summary>
    /// <param name="day">The day that they count for in windows; null: the wallet has none.</param>
    public static void Add(
        DecisionDraft draft,
        string wallet,
        Points amount,
        DateTimeOffset? activatesAt,
        DateTimeOffset? expiresAt,
        RuleRef? why,
        Funding? funding = null,
        bool unconfirmed = false,
        DateOnly? day = null)
    {
        var settled = activatesAt is null && !unconfirmed ? Settled(draft, wallet, amount) : Points.Zero;
        draft.Add(new Fact.Earned(
            wallet, LotFor(draft, wallet, activatesAt, expiresAt, unconfirmed), amount, settled, activatesAt,
            expiresAt, why, funding, unconfirmed, day));
    }

    /// <summary>Gives spent points back: they lapse as points earned on that day would.</summary>
    public static void GiveBack(
        DecisionDraft draft, Wallet wallet, Points amount, DateOnly day, TimeZoneInfo zone, string reason) =>
        AddByHand(draft, wallet, amount, LotDates.ExpiresAt(wallet, day, zone), reason);

    /// <summary>Adds points that no rule gives.</summary>
    public static void AddByHand(
        DecisionDraft draft, Wallet wallet, Points amount, DateTimeOffset? expiresAt, string reason) =>
        draft.Add(new Fact.Adjusted(
            wallet.Id, amount, LotBook.NumberFor(draft.State, wallet.Id, activatesAt: null, expiresAt),
            Settled(draft, wallet.Id, amount), expiresAt, [], reason));

    /// <summary>Adds what a coupon gives on top of a purchase's points, within the wallet's cap and
    /// ceiling.</summary>
    public static void AddBonus(
        DecisionDraft draft, EventScope scope, Wallet wallet, Points amount, RuleRef why, Funding? funding)
    {
        amount = LimitWindows.Cut(draft.State, wallet, scope.Day, amount);
        amount -= Ceilings.Above(draft.State, wallet, amount);
        if (amount <= Points.Zero)
            return;
        var unconfirmed = wallet.Pending == PendingUntil.Confirmed;
        Add(
            draft, wallet.Id, amount, LotDates.ActivatesAt(wallet, scope.Day, scope.Zone),
            LotDates.ExpiresAt(wallet, scope.Day, scope.Zone), why, funding, unconfirmed,
            wallet.Windows ? scope.Day : null);
        if (wallet.Cap is { } cap)
            Use(draft, wallet.CapKey, cap.Every, scope.Day, 0, amount);
    }

    /// <summary>A pending lot becomes active.</summary>
    public static void Activate(DecisionDraft draft, int number)
    {
        var lot = LotBook.Get(draft.State.Lots, number);
        var settled = Settled(draft, lot.Wallet, lot.Remaining);
        draft.Add(new Fact.Activated(lot.Number, lot.Wallet, lot.Remaining, settled));
    }

    /// <summary>What of new active points pays off a negative balance.</summary>
    public static Points Settled(DecisionDraft draft, string wallet, Points amount) =>
        draft.State.FindWallet(wallet) is { Balance.Value: < 0 } debtor
            ? Points.Min(amount, -debtor.Balance)
            : Points.Zero;

    private static int LotFor(
        DecisionDraft draft, string wallet, DateTimeOffset? activatesAt, DateTimeOffset? expiresAt,
        bool unconfirmed) => unconfirmed
        ? OwnLot(draft, wallet)
        : LotBook.NumberFor(draft.State, wallet, activatesAt, expiresAt);

    /// <summary>Unconfirmed points share no lot with those of another receipt: each is confirmed by
    /// itself.</summary>
    private static int OwnLot(DecisionDraft draft, string wallet)
    {
        for (var i = draft.Facts.Count - 1; i >= 0 && draft.Facts[i] is not Fact.Purchased; i--)
            if (draft.Facts[i] is Fact.Earned { Unconfirmed: true } earned && earned.Wallet == wallet)
                return earned.Lot;
        return draft.State.NextLot;
    }

    /// <summary>A rule has at most one line in a wallet.</summary>
    private static Points UsedBy(string rule, List<(Rule Rule, Points Amount)> lines)
    {
        foreach (var (line, amount) in lines)
            if (line.Ref.Rule == rule)
                return amount;
        return Points.Zero;
    }

    private static bool Touches(List<RuleMatch> matches, string wallet)
    {
        foreach (var match in matches)
            if (Picking.Earns(match, wallet))
                return true;
        return false;
    }

    private static void Record(
        DecisionDraft draft, EventScope scope, Wallet wallet, List<(Rule Rule, Points Amount)> lines)
    {
        if (lines.Count == 0)
            return;
        Extending.ByActivity(draft, scope, wallet);
        var waits = wallet.Pending == PendingUntil.Days || scope.IsPurchase;
        var unconfirmed = waits && wallet.Pending == PendingUntil.Confirmed;
        var activatesAt = waits ? LotDates.ActivatesAt(wallet, scope.Day, scope.Zone) : null;
        var expiresAt = LotDates.ExpiresAt(wallet, scope.Day, scope.Zone);
        DateOnly? day = wallet.Windows ? scope.Day : null;
        var inDebt = draft.State.FindWallet(wallet.Id) is { Balance.Value: < 0 };
        // Where nothing is paid off all lines go into one lot: none has to see what the one before has done.
        var lot = inDebt ? 0 : LotFor(draft, wallet.Id, activatesAt, expiresAt, unconfirmed);
        var total = Points.Zero;
        foreach (var (rule, amount) in lines)
        {
            if (inDebt)
                Add(
                    draft, wallet.Id, amount, activatesAt, expiresAt, rule.Ref, rule.Funding, unconfirmed,
                    day);
            else
                draft.Add(new Fact.Earned(
                    wallet.Id, lot, amount, Points.Zero, activatesAt, expiresAt, rule.Ref, rule.Funding,
                    unconfirmed, day));
            if (rule.Limit is { } limit)
                Use(draft, rule.Ref.Rule, limit.Every, scope.Day, 1, amount);
            total += amount;
        }

        if (wallet.Cap is { } cap)
            Use(draft, wallet.CapKey, cap.Every, scope.Day, 0, total);
    }

    private static void Use(
        DecisionDraft draft, string key, LimitWindow every, DateOnly day, int times, Points amount)
    {
        var (first, ends) = LimitWindows.Of(every, day);
        draft.Add(new Fact.LimitUsed(key, first, ends, times, amount));
    }
}
