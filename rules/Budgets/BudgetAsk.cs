using MallVip.Rules.Quantities;

namespace MallVip.Rules.Budgets;

/// <summary>What a decision wants of a budget.</summary>
/// <param name="Amount">Points, or 1 for a rule that gives none; negative: given back.</param>
/// <param name="Total">What the budget holds in all, as the deciding version says.</param>
/// <param name="TakesPart">Less than <paramref name="Amount"/> will do.</param>
public readonly record struct BudgetAsk(BudgetKey Budget, Points Amount, long Total, bool TakesPart);

/// <summary>What came of an ask.</summary>
/// <param name="Asked">The ask's amount.</param>
/// <param name="Granted">From 0 to <paramref name="Asked"/>, or the negative amount that was asked.</param>
/// <param name="Lease">The lease that it is drawn from; 0: nothing is drawn.</param>
public readonly record struct BudgetAnswer(BudgetKey Budget, Points Asked, Points Granted, long Lease);
