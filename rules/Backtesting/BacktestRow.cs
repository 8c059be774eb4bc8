namespace MallVip.Rules.Backtesting;

/// <summary>What a figure of a back-test is about.</summary>
/// <param name="Section">One of <see cref="BacktestSections"/>.</param>
/// <param name="Key">A rule, tier, store, payer, member …; empty: none.</param>
/// <param name="To">The tier that a member moves to; empty in other sections.</param>
/// <param name="Wallet">Empty: not about points.</param>
public readonly record struct BacktestKey(string Section, string Key, string To, string Wallet);

/// <summary>A figure on both sides.</summary>
/// <param name="CostBefore">In the programme's currency; null: nobody said what a point costs.</param>
public sealed record BacktestRow(
    BacktestKey Key, decimal Before, decimal After, decimal? CostBefore, decimal? CostAfter)
{
    /// <summary>What keeps the figure from being whole, in a word for scripts; null: nothing.</summary>
    public string? Code => Key.Section == BacktestSections.Waiting ? BacktestSections.StoreNotDeclared : null;

    /// <summary>Of events that wait: when the first of them happened, on either side.</summary>
    public DateTimeOffset? First { get; init; }
}
