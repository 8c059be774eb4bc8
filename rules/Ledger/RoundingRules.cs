using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>How exact amounts become whole points.</summary>
public static class RoundingRules
{
    /// <summary>
    /// Rounds as the rule says; halves go up (towards plus infinity) or to the even neighbour.
    /// </summary>
    /// <exception cref="OverflowException">The amount does not fit in 64 bits.</exception>
    public static Points ToPoints(this Rounding rounding, decimal amount) =>
        new(decimal.ToInt64(rounding switch
        {
            Rounding.Floor => decimal.Floor(amount),
            Rounding.Ceiling => decimal.Ceiling(amount),
            Rounding.HalfUp => decimal.Floor(amount + 0.5m),
            Rounding.HalfEven => decimal.Round(amount, 0, MidpointRounding.ToEven),
            _ => throw new InvalidOperationException($"Unknown rounding {rounding}."),
        }));
}
