using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>
/// Takes points of a purchase's lines back: first what is left of the line itself; what of it has expired
/// counts as lapsed; for what has been spent the wallet's policy says where to take it, and the rest is
/// recorded as a shortfall.
/// </summary>
internal sealed class TakingBack
{
    private readonly DecisionDraft _draft;
    private readonly PurchaseHistory _history;
    private readonly LotLayers _layers;

    public TakingBack(DecisionDraft draft, PurchaseHistory history)
    {
        (_draft, _history) = (draft, history);
        _layers = new(history.Facts.OfType<Fact.Earned>().Select(earned => earned.Lot));
        foreach (var lot in history.Before.Lots)
            _layers.Open(lot.Number, lot.Remaining);
        _layers.Follow(history.Facts);
        foreach (var facts in history.Since)
            _layers.Follow(facts);
        _layers.Follow(draft.Facts.Skip(history.Drafted));
    }

    /// <returns>What left the balance or the pending sum.</returns>
    public Points Take(EarnedLine line, Points amount)
    {
        var fact = line.Fact;
        var own = new LotPart(fact.Lot, Points.Min(amount, Sum(fact, layer => layer.Left)));
        var pending = own.Amount > Points.Zero && IsPending(own.Lot) ? own.Amount : Points.Zero;
        var left = amount - own.Amount;
        var lapsed = Points.Min(left, Sum(fact, layer => layer.Lapsed) - line.Lapsed);
        left -= lapsed;
        var policy = _draft.Programme.FindWallet(fact.Wallet)?.Returns ?? ReturnPolicy.WithinBalance;
        var fromPending = policy == ReturnPolicy.OnlyPending;
        var others = Drawing.Take(_draft.State, fact.Wallet, left, fromPending, own);
        left -= others.Taken;
        pending += fromPending ? others.Taken : Points.Zero;
        var fromBalance = policy == ReturnPolicy.Negative ? left : Points.Zero;
        left -= fromBalance;
        var reversed = new Fact.Reversed(
            fact.Wallet, fact.Lot, amount - lapsed - left, pending, Joined(own, others.Parts), fromBalance,
            lapsed, left, fact.Why, fact.Funding, fact.Day);
        _draft.Add(reversed);
        _layers.Follow(reversed);
        return reversed.Amount;
    }

    /// <summary>Of a line's own layers; a rule that acts twice in a chain has several.</summary>
    private Points Sum(Fact.Earned line, Func<LotLayer, Points> part)
    {
        var (purchase, sum) = ((_history.Purchase.Store, _history.Purchase.Receipt), Points.Zero);
        foreach (var layer in _layers.Of(line.Lot))
            if (layer.Is(purchase, line.Why?.Rule))
                sum += part(layer);
        return sum;
    }

    private bool IsPending(int lot) => LotBook.Get(_draft.State.Lots, lot).IsPending;

    /// <summary>One part a lot, the line's own lot first.</summary>
    private static ImmutableArray<LotPart> Joined(LotPart own, ImmutableArray<LotPart> others)
    {
        var same = others.FirstOrDefault(part => part.Lot == own.Lot);
        var first = own with { Amount = own.Amount + (same?.Amount ?? Points.Zero) };
        var rest = others.Where(part => part != same);
        return first.Amount > Points.Zero ? [first, .. rest] : [.. rest];
    }
}
