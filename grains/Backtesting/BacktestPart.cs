using MallVip.Rules.Backtesting;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Backtesting;

/// <summary>What one thread of a back-test has added up.</summary>
internal sealed class BacktestPart(BacktestTerms terms)
{
    public BacktestTally Tally { get; } = new(terms);

    public BudgetSettlement Before { get; } = new();

    public BudgetSettlement After { get; } = new();

    /// <summary>Members who are replayed again when all asks of budgets are settled.</summary>
    public List<MemberId> Deferred { get; } = [];

    public void Add(MemberId member, MemberBacktest replayed)
    {
        Before.Add(replayed.Before.Budgets);
        After.Add(replayed.After.Budgets);
        if (replayed.HasOpenAsks)
            Deferred.Add(member);
        else
            Tally.Add(member, replayed);
    }

    public void Join(BacktestPart other)
    {
        Tally.Join(other.Tally);
        Before.Join(other.Before);
        After.Join(other.After);
        Deferred.AddRange(other.Deferred);
    }
}
