using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>
/// What a rule earned with a purchase, and how much of it earlier returns have left. A rule that acted more
/// than once, on what followed from the purchase, has one line here.
/// </summary>
/// <param name="Left">The amount less all that earlier returns took back, lapsed and short parts
/// included.</param>
/// <param name="Lapsed">What earlier returns found expired.</param>
internal readonly record struct EarnedLine(Fact.Earned Fact, Points Left, Points Lapsed)
{
    public static List<EarnedLine> Of(PurchaseHistory history)
    {
        var lines = new List<EarnedLine>();
        foreach (var earned in history.Facts.OfType<Fact.Earned>())
            if (lines.FindIndex(line => line.IsOf(earned)) is >= 0 and var at)
                lines[at] = new(
                    lines[at].Fact with { Amount = lines[at].Fact.Amount + earned.Amount },
                    lines[at].Left + earned.Amount, lines[at].Lapsed);
            else
                lines.Add(Of(history, earned));
        return lines;
    }

    private static EarnedLine Of(PurchaseHistory history, Fact.Earned earned)
    {
        var (left, lapsed) = (earned.Amount, Points.Zero);
        foreach (var reversal in history.Reversals)
        {
            if (reversal.Lot != earned.Lot || reversal.Why?.Rule != earned.Why?.Rule)
                continue;
            left -= reversal.Amount + reversal.Lapsed + reversal.Shortfall;
            lapsed += reversal.Lapsed;
        }

        return new(earned, left, lapsed);
    }

    private bool IsOf(Fact.Earned other) => Fact.Lot == other.Lot && Fact.Why?.Rule == other.Why?.Rule;
}
