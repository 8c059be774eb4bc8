using MallVip.Grains.Budgets;
using MallVip.Rules.Deciding;

namespace MallVip.Grains.Members;

/// <summary>What was fetched for a decision from outside the member.</summary>
/// <param name="Purchase">The purchase that was asked for; null: none was, or it is not there.</param>
/// <param name="Missing">What was asked for and is not there.</param>
/// <param name="Draw">What budgets gave; null: none was asked.</param>
public readonly record struct Fetched(PurchaseHistory? Purchase, Need? Missing, BudgetDraw? Draw);
