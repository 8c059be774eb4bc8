using System.Collections.Immutable;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Facts;

/// <summary>How facts that move points change the member's wallets, lots and limits.</summary>
internal static class LedgerFold
{
    /// <summary>How many facts at the front put points into one lot for one day, none of which pays off a
    /// debt: they may be applied as one. 0: the first fact is none of that kind.</summary>
    public static int RunOf(ReadOnlySpan<Fact> facts)
    {
        if (facts[0] is not Fact.Earned first || first.Settled != Points.Zero)
            return 0;
        var length = 1;
        while (length < facts.Length && facts[length] is Fact.Earned next && next.Lot == first.Lot
            && next.Wallet == first.Wallet && next.Settled == Points.Zero && next.Day == first.Day
            && next.ActivatesAt == first.ActivatesAt && next.Unconfirmed == first.Unconfirmed)
            length++;
        return length;
    }

    /// <param name="run">As <see cref="RunOf"/> found it.</param>
    public static MemberState Apply(MemberState state, ReadOnlySpan<Fact> run, long entry)
    {
        var (first, amount) = ((Fact.Earned)run[0], Points.Zero);
        foreach (var fact in run)
            amount += ((Fact.Earned)fact).Amount;
        return Earn(state, first, amount, run.Length, entry);
    }

    public static MemberState Apply(MemberState state, Fact.Earned fact, long entry) =>
        Earn(state, fact, fact.Amount, 1, entry);

    public static MemberState Apply(MemberState state, Fact.TransferEnded ended) => state with
    {
        Transfers = state.Transfers.RemoveAll(transfer => transfer.Id == ended.Transfer),
    };

    public static MemberState Apply(MemberState state, Fact.Activated fact)
    {
        var wallet = WalletOf(state, fact.Wallet);
        return state with
        {
            Wallets = Put(state.Wallets, wallet with
            {
                Pending = wallet.Pending - fact.Amount,
                Balance = wallet.Balance + fact.Amount,
            }),
            Lots = LotBook.Activate(state.Lots, fact.Lot, fact.Settled),
        };
    }

    public static MemberState Apply(MemberState state, Fact.Expired fact)
    {
        var pending = LotBook.Get(state.Lots, fact.Lot).IsPending;
        var wallet = WalletOf(state, fact.Wallet);
        return state with
        {
            Wallets = Put(state.Wallets, wallet with
            {
                Expired = wallet.Expired + fact.Amount,
                Pending = pending ? wallet.Pending - fact.Amount : wallet.Pending,
                Balance = pending ? wallet.Balance : wallet.Balance - fact.Amount,
            }),
            Lots = LotBook.Take(state.Lots, fact.Lot, fact.Amount),
        };
    }

    public static MemberState Apply(MemberState state, Fact.SpentPoints fact)
    {
        var wallet = WalletOf(state, fact.Wallet);
        return state with
        {
            Wallets = Put(state.Wallets, wallet with
            {
                Spent = wallet.Spent + fact.Amount,
                Balance = wallet.Balance - fact.Amount,
            }),
            Lots = LotBook.Take(state.Lots, fact.Parts),
        };
    }

    public static MemberState Apply(MemberState state, Fact.Adjusted fact, long entry)
    {
        var wallet = WalletOf(state, fact.Wallet);
        return Moved(
            state, fact.Lot, fact.Settled, fact.ExpiresAt, fact.Parts, entry, fact.Amount,
            wallet with { Adjusted = wallet.Adjusted + fact.Amount });
    }

    public static MemberState Apply(MemberState state, Fact.Transferred fact, long entry)
    {
        var wallet = WalletOf(state, fact.Wallet);
        return Moved(
            state, fact.Lot, fact.Settled, fact.ExpiresAt, fact.Parts, entry, fact.Amount,
            wallet with { Transferred = wallet.Transferred + fact.Amount });
    }

    public static MemberState Apply(MemberState state, Fact.Reversed fact)
    {
        var wallet = WalletOf(state, fact.Wallet);
        return state with
        {
            Wallets = Put(state.Wallets, wallet with
            {
                Reversed = wallet.Reversed + fact.Amount,
                Pending = wallet.Pending - fact.Pending,
                Balance = wallet.Balance - (fact.Amount - fact.Pending),
            }),
            Lots = LotBook.Take(state.Lots, fact.Parts),
            Gains = fact.Day is { } day
                ? state.Gains.RemoveSpend(
                    fact.Wallet, day, (fact.Amount + fact.Lapsed + fact.Shortfall).Value)
                : state.Gains,
        };
    }

    public static MemberState Apply(MemberState state, Fact.LimitUsed fact) =>
        state with { Limits = LimitFold.Use(state.Limits, fact) };

    /// <param name="amount">Of the fact and those that are applied with it.</param>
    /// <param name="lines">How many these are.</param>
    private static MemberState Earn(
        MemberState state, Fact.Earned fact, Points amount, int lines, long entry)
    {
        var pending = fact.ActivatesAt is not null || fact.Unconfirmed;
        var wallet = WalletOf(state, fact.Wallet);
        return state with
        {
            Wallets = Put(state.Wallets, wallet with
            {
                Earned = wallet.Earned + amount,
                Pending = pending ? wallet.Pending + amount : wallet.Pending,
                Balance = pending ? wallet.Balance : wallet.Balance + amount,
            }),
            Lots = LotBook.Put(state.Lots, new(
                fact.Lot, fact.Wallet, amount, amount - fact.Settled, fact.ActivatesAt, fact.ExpiresAt,
                entry, fact.Unconfirmed)),
            NextLot = Math.Max(state.NextLot, fact.Lot + 1),
            Gains = fact.Day is { } day
                ? state.Gains.AddPurchases(fact.Wallet, day, lines, amount.Value)
                : state.Gains,
        };
    }

    /// <summary>Points that came into a lot, or were drawn from some.</summary>
    /// <param name="wallet">With the sum that says why; the balance follows here.</param>
    private static MemberState Moved(
        MemberState state, int? lot, Points settled, DateTimeOffset? expiresAt,
        ImmutableArray<LotPart> parts, long entry, Points amount, WalletState wallet)
    {
        var lots = LotBook.Take(state.Lots, parts);
        if (lot is { } number)
            lots = LotBook.Put(
                lots, new(number, wallet.Wallet, amount, amount - settled, null, expiresAt, entry));
        return state with
        {
            Wallets = Put(state.Wallets, wallet with { Balance = wallet.Balance + amount }),
            Lots = lots,
            NextLot = Math.Max(state.NextLot, lot + 1 ?? 0),
        };
    }

    internal static WalletState WalletOf(MemberState state, string wallet) =>
        state.FindWallet(wallet) ?? new(wallet);

    internal static ImmutableArray<WalletState> Put(ImmutableArray<WalletState> wallets, WalletState wallet)
    {
        for (var i = 0; i < wallets.Length; i++)
        {
            var order = string.CompareOrdinal(wallets[i].Wallet, wallet.Wallet);
            if (order == 0)
                return wallets.SetItem(i, wallet);
            if (order > 0)
                return wallets.Insert(i, wallet);
        }

        return wallets.Add(wallet);
    }
}
