using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Audit;

/// <summary>
/// Adds one member's ledger up again from the entries, with its own arithmetic and none of the live code's:
/// no state, no fold, no decider. It knows what a line means and checks that everything agrees after each
/// entry.
/// </summary>
public sealed partial class LedgerAudit
{
    private readonly List<LedgerProblem> _problems = [];
    private readonly SortedDictionary<string, WalletAccount> _wallets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, LotAccount> _lots = [];
    private readonly HoldAccounts _holds = new();
    private readonly OrderAccounts _orders = new();
    private readonly CouponAccounts _coupons = new();
    private readonly ReviewAccounts _reviews = new();
    private string? _tier;
    private int _newestLot;
    private long _seq;

    public IReadOnlyList<LedgerProblem> Problems => _problems;

    /// <summary>Balance and pending points of each wallet so far.</summary>
    public IEnumerable<(string Wallet, long Balance, long Pending)> Totals =>
        _wallets.Select(pair => (pair.Key, pair.Value.Balance, pair.Value.Pending));

    /// <summary>What is left in each lot that holds points, by its wallet and its end; null: it has none.
    /// </summary>
    public IEnumerable<(string Wallet, DateTimeOffset? ExpiresAt, bool Pending, long Left)> OpenLots =>
        _lots.Values.Where(lot => lot.Left > 0)
            .Select(lot => (lot.Wallet, lot.ExpiresAt, lot.Pending, lot.Left));

    /// <summary>Checks the next entry; entries come in the order of <paramref name="seq"/>.</summary>
    /// <param name="others">The audit of another member up to now, for one who becomes a part of this one.
    /// Null: only what the entry says of that one is known.</param>
    public void Add(long seq, EntryBody body, Func<MemberId, LedgerAudit?>? others = null)
    {
        if (seq <= _seq)
            Report("gap", $"Entry {seq} follows entry {_seq}.");
        _seq = seq;
        foreach (var fact in body.Facts)
            if (fact is Fact.Absorbed or Fact.WalletJoined or Fact.WalletLeft or Fact.MergeEnded)
                Merge(fact, others);
            else
                Post(fact);
        foreach (var (wallet, account) in _wallets)
            Compare(wallet, account);
        foreach (var after in body.After.Wallets)
            Compare(after);
        if (body.After.Tier != _tier)
            Report("tier", $"The tier is {_tier ?? "none"}, the entry says {body.After.Tier ?? "none"}.");
    }

    private void Post(Fact fact)
    {
        _reviews.Post(fact, Report);
        switch (fact)
        {
            case Fact.Earned earned:
                var waits = earned.ActivatesAt is not null || earned.Unconfirmed;
                Put(earned.Lot, earned.Wallet, earned.Amount.Value, waits, earned.ExpiresAt);
                Account(earned.Wallet).Earned += earned.Amount.Value;
                Account(earned.Wallet).Pending += waits ? earned.Amount.Value : 0;
                Draw(earned.Lot, earned.Settled.Value);
                break;
            case Fact.Activated activated:
                Activate(activated);
                break;
            case Fact.Expired expired:
                Expire(expired);
                break;
            case Fact.Extended extended:
                Extend(extended);
                break;
            case Fact.SpentPoints spent:
                Account(spent.Wallet).Spent += spent.Amount.Value;
                Draw(spent.Parts, spent.Amount.Value, spent.FromBalance.Value);
                break;
            case Fact.PointsHeld held:
                _holds.Open(held, Report);
                break;
            case Fact.HoldEnded ended:
                _holds.Close(ended, Report);
                break;
            case Fact.Adjusted adjusted:
                Account(adjusted.Wallet).Adjusted += adjusted.Amount.Value;
                Move(adjusted.Wallet, adjusted.Amount, adjusted.Lot, adjusted.Settled, adjusted.ExpiresAt,
                    adjusted.Parts);
                break;
            case Fact.Transferred moved:
                Account(moved.Wallet).Transferred += moved.Amount.Value;
                Move(moved.Wallet, moved.Amount, moved.Lot, moved.Settled, moved.ExpiresAt, moved.Parts);
                break;
            case Fact.Reversed reversed:
                Reverse(reversed);
                break;
            case Fact.TierChanged changed:
                if (changed.From != _tier)
                    Report("tier",
                        $"The tier is {_tier ?? "none"}, a change begins at {changed.From ?? "none"}.");
                _tier = changed.To;
                break;
            default:
                _coupons.Post(fact, Report);
                _orders.Post(fact, Report);
                break;
        }
    }

    private void Activate(Fact.Activated fact)
    {
        if (!Find(fact.Lot, out var lot))
            return;
        if (!lot.Pending || lot.Left != fact.Amount.Value)
            Report("lot", $"Lot {fact.Lot} cannot become active with {fact.Amount}: {lot.Left} are left.");
        Hold(lot, -lot.Left);
        lot.Pending = false;
        Hold(lot, lot.Left);
        Account(fact.Wallet).Pending -= fact.Amount.Value;
        Draw(fact.Lot, fact.Settled.Value);
    }

    private void Expire(Fact.Expired fact)
    {
        if (!Find(fact.Lot, out var lot))
            return;
        if (fact.Pending && !lot.Pending)
            Report("lot", $"Lot {fact.Lot} expires as a pending one, but is active.");
        var active = Account(lot.Wallet).ActiveLots;
        var free = lot.Pending ? lot.Left : Math.Max(0, active - _holds.Held(lot.Wallet));
        if (Math.Min(lot.Left, free) != fact.Amount.Value)
            Report("lot",
                $"Lot {fact.Lot} expires with {fact.Amount}, but {lot.Left} are left, {free} of them free.");
        lot.Expired += fact.Amount.Value;
        Account(fact.Wallet).Expired += fact.Amount.Value;
        Account(fact.Wallet).Pending -= lot.Pending ? fact.Amount.Value : 0;
        Draw(fact.Lot, fact.Amount.Value);
    }

    /// <summary>Only to a later end, and only what is there.</summary>
    private void Extend(Fact.Extended fact)
    {
        var left = 0L;
        foreach (var number in fact.Lots)
        {
            if (!Find(number, out var lot))
                continue;
            left += lot.Left;
            if (lot.Wallet != fact.Wallet || lot.Left <= 0 || !(lot.ExpiresAt < fact.ExpiresAt))
                Report("lot", $"Lot {number} of {lot.Left} cannot last until {fact.ExpiresAt:O}.");
            lot.ExpiresAt = fact.ExpiresAt;
        }

        if (left != fact.Amount.Value)
            Report("lot", $"{fact.Amount} are extended, the lots hold {left}.");
    }

    private void Move(
        string wallet, Points amount, int? lot, Points settled, DateTimeOffset? expiresAt,
        ImmutableArray<LotPart> parts)
    {
        if (lot is { } number)
        {
            Put(number, wallet, amount.Value, false, expiresAt);
            Draw(number, settled.Value);
        }
        else
        {
            Draw(parts, -amount.Value, 0);
        }
    }

    private void Reverse(Fact.Reversed fact)
    {
        var account = Account(fact.Wallet);
        account.Reversed += fact.Amount.Value;
        account.Pending -= fact.Pending.Value;
        var pending = fact.Parts.Where(part => _lots.TryGetValue(part.Lot, out var lot) && lot.Pending);
        if (pending.Sum(part => part.Amount.Value) != fact.Pending.Value)
            Report("return",
                $"The return of lot {fact.Lot} takes {fact.Pending} pending points from other lots.");
        Draw(fact.Parts, fact.Amount.Value, fact.FromBalance.Value);
        if (!Find(fact.Lot, out var own))
            return;
        own.TakenBack += fact.Amount.Value + fact.Lapsed.Value + fact.Shortfall.Value;
        own.Lapsed += fact.Lapsed.Value;
        if (own.TakenBack > own.Earned || own.Lapsed > own.Expired)
            Report("return",
                $"Lot {fact.Lot} earned {own.Earned}, {own.TakenBack} came back, {own.Lapsed} of it lapsed.");
    }

    /// <summary>Opens a lot or adds to one: only points with the same dates may share it.</summary>
    private void Put(int number, string wallet, long amount, bool pending, DateTimeOffset? expiresAt)
    {
        var lot = _lots.TryGetValue(number, out var open)
            ? open : _lots[number] = new(wallet, expiresAt) { Pending = pending };
        _newestLot = Math.Max(_newestLot, number);
        if (amount <= 0 || lot.Wallet != wallet || lot.ExpiresAt != expiresAt
            || lot.Pending != pending)
            Report("lot", $"{amount} of {wallet} do not belong into lot {number}.");
        lot.Earned += amount;
        lot.Left += amount;
        Hold(lot, amount);
    }

    private void Draw(IEnumerable<LotPart> parts, long amount, long besides)
    {
        foreach (var part in parts)
        {
            Draw(part.Lot, part.Amount.Value);
            besides += part.Amount.Value;
        }

        if (besides != amount)
            Report("parts", $"The parts add up to {besides}, the line says {amount}.");
    }

    private void Draw(int number, long amount)
    {
        if (!Find(number, out var lot))
            return;
        lot.Left -= amount;
        Hold(lot, -amount);
        if (amount < 0 || lot.Left < 0)
            Report("lot", $"{amount} leave lot {number}, which then has {lot.Left}.");
    }

    private void Hold(LotAccount lot, long amount)
    {
        var account = Account(lot.Wallet);
        if (lot.Pending)
            account.PendingLots += amount;
        else
            account.ActiveLots += amount;
    }

    private void Compare(string wallet, WalletAccount account)
    {
        if (account.ActiveLots != Math.Max(account.Balance, 0))
            Report("lots",
                $"Wallet {wallet}: active lots hold {account.ActiveLots}, the balance is {account.Balance}.");
        if (account.PendingLots != account.Pending)
            Report("pending",
                $"Wallet {wallet}: pending lots hold {account.PendingLots}, {account.Pending} are pending.");
    }

    private void Compare(WalletAfter after)
    {
        var account = Account(after.Wallet);
        if (after.Balance.Value != account.Balance || after.Pending.Value != account.Pending)
            Report(
                "after",
                $"Wallet {after.Wallet}: the entry says {after.Balance} and {after.Pending} pending, " +
                $"the lines {account.Balance} and {account.Pending}.");
    }

    private WalletAccount Account(string wallet)
    {
        if (!_wallets.TryGetValue(wallet, out var account))
            _wallets[wallet] = account = new();
        return account;
    }

    private bool Find(int number, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LotAccount? lot)
    {
        if (_lots.TryGetValue(number, out lot))
            return true;
        Report("lot", $"Lot {number} does not exist.");
        return false;
    }

    private void Report(string code, string detail) => _problems.Add(new(_seq, code, detail));
}
