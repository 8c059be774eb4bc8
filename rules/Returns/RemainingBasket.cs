using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>What is left of a purchase after returns, by money and by line.</summary>
internal sealed class RemainingBasket
{
    private readonly PurchaseData _purchase;
    private readonly decimal[] _qty;
    private readonly Money[] _paid;

    public RemainingBasket(PurchaseData purchase, ImmutableArray<Fact.Returned> returns)
    {
        _purchase = purchase;
        _qty = [.. purchase.Lines.Select(line => line.Qty)];
        _paid = [.. purchase.Lines.Select(line => line.Paid)];
        Paid = purchase.Paid;
        foreach (var earlier in returns)
            Take(earlier.Paid, earlier.Lines);
    }

    /// <summary>What was paid and has not come back.</summary>
    public Money Paid { get; private set; }

    /// <summary>Whether all is back: all money or, where nothing was paid, every line.</summary>
    public bool IsEmpty => _purchase.Paid > Money.Zero
        ? Paid == Money.Zero
        : _qty.Length > 0 && _qty.All(qty => qty <= 0);

    /// <summary>What of some points goes with what is back, by money, rounded down; all, when all is back.
    /// </summary>
    public Points BackOf(Points all)
    {
        var paid = _purchase.Paid.Amount;
        return IsEmpty ? all
            : paid > 0 ? Rounding.Floor.ToPoints(all.Value * (paid - Paid.Amount) / paid)
            : Points.Zero;
    }

    /// <summary>What of an amount stays with what is left; 0, when all is back.</summary>
    /// <param name="byShare">By money, to two digits; else all of it stays until all is back.</param>
    public decimal KeptOf(decimal all, bool byShare)
    {
        var paid = _purchase.Paid.Amount;
        return IsEmpty ? 0
            : byShare && paid > 0 ? Math.Min(all, Math.Round(all * Paid.Amount / paid, 2))
            : all;
    }

    /// <summary>Takes a return off.</summary>
    public void Take(Money paid, ImmutableArray<RefundLine> lines)
    {
        Paid -= paid;
        foreach (var line in lines)
        {
            _qty[line.Line - 1] -= line.Qty;
            _paid[line.Line - 1] -= line.Paid;
        }
    }

    /// <summary>The first line of a return that the purchase does not have; null: all are there.</summary>
    public RefundLine? UnknownLine(RefundData refund) =>
        refund.Lines.FirstOrDefault(line => line.Line < 1 || line.Line > _qty.Length);

    /// <summary>
    /// What a return asks for beyond what is left; null: nothing. Lines of a discount are not compared.
    /// </summary>
    public Sentence? Excess(RefundData refund)
    {
        if (refund.Paid > Paid)
            return $"{refund.Paid} paid back, {Paid} left.";
        foreach (var line in refund.Lines.GroupBy(line => line.Line))
        {
            var (qty, paid) = (line.Sum(part => part.Qty), line.Sum(part => part.Paid.Amount));
            var left = _paid[line.Key - 1].Amount;
            if (qty > _qty[line.Key - 1] || (paid > left && left >= 0))
                return $"Line {line.Key}: {qty} for {paid} come back, {_qty[line.Key - 1]} for {left} left.";
        }

        return null;
    }

    /// <summary>
    /// The purchase as it would have been with what is left only; lines that are back are gone, and each
    /// tender has its share of what is left.
    /// </summary>
    public PurchaseData ToPurchase() => _purchase with
    {
        Paid = Paid,
        Tenders =
        [
            .. _purchase.Tenders.Select(tender => tender with
            {
                Paid = _purchase.Paid > Money.Zero
                    ? new(tender.Paid.Amount * Paid.Amount / _purchase.Paid.Amount)
                    : tender.Paid,
            }),
        ],
        Lines = [.. _purchase.Lines.Select((line, i) => line with { Qty = _qty[i], Paid = _paid[i] })
            .Where((_, i) => _qty[i] > 0)],
    };
}
