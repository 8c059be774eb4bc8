using System.Collections.Immutable;

namespace MallVip.Client.Wire;

/// <summary>The budgets of the programme in force.</summary>
public sealed record BudgetsBody(ImmutableArray<BudgetLeftBody> Budgets);

/// <summary>What a rule may give to all members together.</summary>
/// <param name="Rule">The rule's full id.</param>
/// <param name="Wallet">Whose points; absent: the budget counts times.</param>
/// <param name="Every">The window: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c> or <c>ever</c>.</param>
/// <param name="From">The first day of the window that today falls into; absent: ever.</param>
/// <param name="Total">What it holds in all.</param>
/// <param name="Used">What was given and not given back.</param>
/// <param name="Left">What may still be given.</param>
public sealed record BudgetLeftBody(
    string Rule, string? Wallet, string Every, DateOnly? From, long Total, long Used, long Left);
