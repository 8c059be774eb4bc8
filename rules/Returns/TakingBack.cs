using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>
/// Takes points of one line back: first what is left of its own lot; what has expired counts as lapsed; for
/// what has been spent the wallet's policy says where to take it, and the rest is recorded as a shortfall.
/// </summary>
internal static class TakingBack
{
    /// <param name="lapsed">What of the line's lot has expired and no earlier return has counted.</param>
    public static void Take(DecisionDraft draft, EarnedLine line, Points amount, Points lapsed)
    {
        var fact = line.Fact;
        var parts = ImmutableArray.CreateBuilder<LotPart>(1);
        var (left, pending) = (amount, Points.Zero);
        if (LotBook.Find(draft.State.Lots, fact.Lot) is { } own)
        {
            var part = Points.Min(left, own.Remaining);
            parts.Add(new(own.Number, part));
            left -= part;
            pending += own.IsPending ? part : Points.Zero;
        }

        lapsed = Points.Min(left, lapsed);
        left -= lapsed;
        var policy = draft.Programme.FindWallet(fact.Wallet)?.Returns ?? ReturnPolicy.WithinBalance;
        var fromPending = policy == ReturnPolicy.OnlyPending;
        var others = Drawing.Take(draft.State, fact.Wallet, left, fromPending, fact.Lot);
        parts.AddRange(others.Parts);
        left -= others.Taken;
        pending += fromPending ? others.Taken : Points.Zero;
        var fromBalance = policy == ReturnPolicy.Negative ? left : Points.Zero;
        left -= fromBalance;
        draft.Add(new Fact.Reversed(
            fact.Wallet, fact.Lot, amount - lapsed - left, pending, parts.ToImmutable(), fromBalance, lapsed,
            left, fact.Why));
    }
}
