using MallVip.Rules.Budgets;

namespace MallVip.Rules.Backtesting;

/// <summary>
/// Settles asks that the record does not answer, in the order of the journal, over what the answered ones
/// have
/// left. Not thread-safe: each thread fills one, joined at the end.
/// </summary>
public sealed class BudgetSettlement
{
    private readonly Dictionary<BudgetKey, long> _used = [];
    private readonly List<OpenAsk> _open = [];

    /// <summary>Counts what a member has used by answers of the record, and its open asks.</summary>
    public void Add(ReplayBudgets member)
    {
        Count(member.Used);
        _open.AddRange(member.Open);
    }

    /// <summary>Takes in what another one has counted.</summary>
    public void Join(BudgetSettlement other)
    {
        Count(other._used);
        _open.AddRange(other._open);
    }

    /// <summary>Answers all asks.</summary>
    public SettledAsks Settle()
    {
        var used = new Dictionary<BudgetKey, long>(_used);
        var answers = new Dictionary<AskKey, BudgetAnswer>();
        foreach (var (_, key, ask) in _open.OrderBy(ask => ask.Pos).ThenBy(ask => ask.Key.Member)
            .ThenBy(ask => ask.Key.Entry).ThenBy(ask => ask.Key.Ordinal))
        {
            var before = used.GetValueOrDefault(ask.Budget);
            var granted = BudgetCount.Granted(ask, ask.Total - before);
            used[ask.Budget] = before + granted.Value;
            answers[key] = new(ask.Budget, ask.Amount, granted, 0);
        }

        return new(answers);
    }

    private void Count(IReadOnlyDictionary<BudgetKey, long> used)
    {
        foreach (var (budget, points) in used)
            _used[budget] = _used.GetValueOrDefault(budget) + points;
    }
}
