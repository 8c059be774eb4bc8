using MallVip.Rules.Explaining;

namespace MallVip.Rules.Backtesting;

/// <summary>An entry of a member's journal.</summary>
/// <param name="Pos">Its place in the journal: the order in which budgets are settled.</param>
public readonly record struct BacktestEntry(long Pos, PastEntry Past);
