using MallVip.Rules.Backtesting;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Backtesting;

/// <summary>What one thread of a back-test has added up.</summary>
internal sealed class BacktestPart(BacktestTerms terms)
{
    public BacktestTally Tally { get; } = new(terms);

    public BudgetSettlement Before { get; } = new();

    public BudgetSettlement After { get; } = new();

    /// <summary>Adds a member.</summary>
    public void Add(MemberId member, MemberBacktest replayed)
    {
        Before.Add(replayed.Before.Budgets);
        After.Add(replayed.After.Budgets);
        Tally.Add(member, replayed);
    }

    /// <summary>Takes in what others have added up.</summary>
    public void Join(IEnumerable<BacktestPart> others)
    {
        foreach (var other in others)
        {
            Tally.Join(other.Tally);
            Before.Join(other.Before);
            After.Join(other.After);
        }
    }
}
