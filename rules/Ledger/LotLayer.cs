using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>What one line put into a lot, and what has become of it.</summary>
/// <param name="part">Which of the followed parts it came with, from 1; 0: it was there before.</param>
/// <param name="purchase">The purchase that caused it; null: none did.</param>
/// <param name="rule">Full id; null: no rule.</param>
internal sealed class LotLayer(
    int part, (string Store, string Receipt)? purchase, string? rule, Points amount, Points settled)
{
    public int Part => part;

    public string? Rule => rule;

    public Points Amount => amount;

    public Points Left { get; private set; } = amount - settled;

    public Points Lapsed { get; private set; }

    /// <summary>Whether a rule made it of a purchase.</summary>
    public bool Is((string Store, string Receipt)? other, string? by) =>
        purchase is not null && purchase == other && rule == by;

    /// <summary>Takes from it; answers what of the amount is still to be found elsewhere.</summary>
    public Points Draw(Points wanted)
    {
        var taken = Points.Min(wanted, Left);
        Left -= taken;
        return wanted - taken;
    }

    /// <summary>As <see cref="Draw"/>, and it is known to have lapsed.</summary>
    public Points Lapse(Points wanted)
    {
        var left = Draw(wanted);
        Lapsed += wanted - left;
        return left;
    }
}
