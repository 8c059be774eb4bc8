using MallVip.Rules.Budgets;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>Which of a member's asks of budgets.</summary>
/// <param name="Entry">The number of the entry within the member.</param>
/// <param name="Ordinal">From 0 within the entry, among those that the record does not answer.</param>
public readonly record struct AskKey(MemberId Member, long Entry, int Ordinal);

/// <summary>An ask of a budget that was not asked so when it was recorded.</summary>
/// <param name="Pos">The entry's place in the journal.</param>
public readonly record struct OpenAsk(long Pos, AskKey Key, BudgetAsk Ask);
