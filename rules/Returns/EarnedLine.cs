using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>A line that a purchase earned, and how much of it earlier returns have left.</summary>
/// <param name="Left">The amount less all that earlier returns took back, lapsed and short parts
/// included.</param>
/// <param name="Lapsed">What earlier returns found expired.</param>
internal readonly record struct EarnedLine(Fact.Earned Fact, Points Left, Points Lapsed)
{
    public static List<EarnedLine> Of(PurchaseHistory history)
    {
        var lines = new List<EarnedLine>();
        foreach (var earned in history.Facts.OfType<Fact.Earned>())
        {
            var (left, lapsed) = (earned.Amount, Points.Zero);
            foreach (var reversal in history.Reversals)
            {
                if (reversal.Lot != earned.Lot || reversal.Why?.Rule != earned.Why?.Rule)
                    continue;
                left -= reversal.Amount + reversal.Lapsed + reversal.Shortfall;
                lapsed += reversal.Lapsed;
            }

            lines.Add(new(earned, left, lapsed));
        }

        return lines;
    }
}
