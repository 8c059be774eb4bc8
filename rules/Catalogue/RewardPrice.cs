using MallVip.Rules.Quantities;

namespace MallVip.Rules.Catalogue;

/// <summary>What a reward costs: points, and perhaps money besides.</summary>
/// <param name="Points">0 or more.</param>
/// <param name="Cash">In the currency of the mall; 0: nothing.</param>
public readonly record struct RewardPrice(Points Points, Money Cash);
