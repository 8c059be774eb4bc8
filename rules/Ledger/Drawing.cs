using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>Chooses the lots that points are taken from: earliest expiry first, then oldest.</summary>
internal static class Drawing
{
    /// <summary>Takes up to <paramref name="amount"/> from lots of a wallet in spend order.</summary>
    /// <param name="pending">Pending lots only; false: active lots only.</param>
    /// <param name="taken">What has been taken from one of them already.</param>
    public static (ImmutableArray<LotPart> Parts, Points Taken) Take(
        MemberState state, string wallet, Points amount, bool pending = false, LotPart? taken = null)
    {
        var parts = ImmutableArray.CreateBuilder<LotPart>(1);
        var left = amount;
        foreach (ref readonly var lot in state.Lots.AsSpan())
        {
            if (left <= Points.Zero)
                break;
            if (lot.Wallet != wallet || lot.IsPending != pending)
                continue;
            var there = taken?.Lot == lot.Number ? lot.Remaining - taken.Amount : lot.Remaining;
            var part = Points.Min(left, there);
            if (part <= Points.Zero)
                continue;
            parts.Add(new(lot.Number, part));
            left -= part;
        }

        return (parts.ToImmutable(), amount - left);
    }
}
