using System.Collections.Immutable;
using MallVip.Rules.Backtesting;

namespace MallVip.Grains.Backtesting;

/// <summary>What came of a back-test.</summary>
/// <param name="Order">What was asked.</param>
/// <param name="To">The instant at which both sides were compared.</param>
/// <param name="Members">Members looked at.</param>
/// <param name="Entries">Commands decided anew under the draft.</param>
/// <param name="OpenAsks">Asks of budgets that the record has no answer to: they are settled.</param>
/// <param name="ShortAsks">Of those, how many got less than they asked for.</param>
/// <param name="IsSettled">Whether they came to rest within <see cref="BacktestRun.MostRounds"/>
/// rounds.</param>
/// <param name="Took">How long it ran.</param>
public sealed record BacktestResult(
    BacktestOrder Order, DateTimeOffset To, long Members, long Entries, int OpenAsks, int ShortAsks,
    bool IsSettled, TimeSpan Took, ImmutableArray<BacktestRow> Rows)
{
    /// <summary>Whether no figure differs and no member is in another tier.</summary>
    public bool IsSame => Rows.All(row =>
        row.Before == row.After
        && (row.Key.Section != BacktestSections.TierMove || row.Key.Key == row.Key.To));
}
