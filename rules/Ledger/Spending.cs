using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>What a member may spend, and which points a spend takes.</summary>
internal static class Spending
{
    /// <summary>The balance above the wallet's floor, less what is held. 0 or more.</summary>
    public static Points Free(MemberState state, Wallet wallet)
    {
        var balance = state.FindWallet(wallet.Id)?.Balance ?? Points.Zero;
        return Points.Max(balance - wallet.Floor - state.Held(wallet.Id), Points.Zero);
    }

    /// <summary>Takes as much as is free: from lots in spend order, then below zero.</summary>
    public static Fact.SpentPoints Draw(MemberState state, Wallet wallet, Points amount, string? reason)
    {
        var taken = Points.Min(amount, Free(state, wallet));
        var (parts, fromLots) = Drawing.Take(state, wallet.Id, taken);
        return new(wallet.Id, taken, parts, amount - taken, reason, taken - fromLots);
    }

    /// <summary>
    /// What of a lot lapses when its time has come: held points do not, until the hold has ended. Which of
    /// the points are held is open until then, so that those that lapse first are kept back.
    /// </summary>
    public static Points Lapsing(MemberState state, in Lot lot)
    {
        if (lot.IsPending || state.OpenHolds.IsEmpty)
            return lot.Remaining;
        var balance = state.FindWallet(lot.Wallet)?.Balance ?? Points.Zero;
        return Points.Min(lot.Remaining, Points.Max(balance - state.Held(lot.Wallet), Points.Zero));
    }
}
