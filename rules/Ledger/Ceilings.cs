using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>The most that a wallet may hold, pending points included.</summary>
internal static class Ceilings
{
    /// <summary>What of new points goes beyond the wallet's ceiling. 0 or more.</summary>
    public static Points Above(MemberState state, Wallet wallet, Points amount)
    {
        if (wallet.Ceiling is not { } ceiling)
            return Points.Zero;
        var sums = state.FindWallet(wallet.Id);
        var there = (sums?.Balance ?? Points.Zero) + (sums?.Pending ?? Points.Zero);
        return Points.Max(Points.Zero, amount - Points.Max(Points.Zero, new Points(ceiling) - there));
    }
}
