using MallVip.Rules.Budgets;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>
/// The second pass of a back-test: asks that the record does not answer are answered in the order of the
/// journal, over what the answered ones have left. Not thread-safe: each thread fills one, joined at the end.
/// </summary>
public sealed class BudgetSettlement
{
    private readonly Dictionary<BudgetKey, long> _used = [];
    private readonly List<OpenAsk> _open = [];
    private readonly Dictionary<AskKey, BudgetAnswer> _answers = [];

    /// <summary>Asks that the record does not answer.</summary>
    public int Open => _open.Count;

    /// <summary>Of those, how many got less than they asked for.</summary>
    public int Short { get; private set; }

    /// <summary>Counts what a member's first pass used by answers of the record, and its open asks.</summary>
    public void Add(ReplayBudgets member)
    {
        foreach (var (budget, used) in member.Used)
            _used[budget] = _used.GetValueOrDefault(budget) + used;
        _open.AddRange(member.Open);
    }

    /// <summary>Takes in what another thread has counted.</summary>
    public void Join(BudgetSettlement other)
    {
        foreach (var (budget, used) in other._used)
            _used[budget] = _used.GetValueOrDefault(budget) + used;
        _open.AddRange(other._open);
    }

    /// <summary>Answers all of them.</summary>
    public void Settle()
    {
        foreach (var open in _open.OrderBy(ask => ask.Pos).ThenBy(ask => ask.Key.Member)
            .ThenBy(ask => ask.Key.Entry).ThenBy(ask => ask.Key.Ordinal))
            _answers[open.Key] = Grant(open.Ask);
    }

    /// <summary>The answer to an ask: as it was settled, or, where the answers before it have led to another
    /// one, from what is left now.</summary>
    internal BudgetAnswer Answer(in AskKey key, in BudgetAsk ask)
    {
        if (_answers.TryGetValue(key, out var answer))
        {
            if (answer.Budget == ask.Budget && answer.Asked == ask.Amount)
                return answer;
            _used[answer.Budget] -= answer.Granted.Value;
        }

        return _answers[key] = Grant(ask);
    }

    /// <summary>Nobody asks this any more.</summary>
    internal void Forget(in AskKey key)
    {
        if (_answers.Remove(key, out var answer))
            _used[answer.Budget] -= answer.Granted.Value;
    }

    private BudgetAnswer Grant(in BudgetAsk ask)
    {
        var used = _used.GetValueOrDefault(ask.Budget);
        var granted = BudgetCount.Granted(ask, ask.Total - used);
        _used[ask.Budget] = used + granted.Value;
        Short += granted < ask.Amount ? 1 : 0;
        return new(ask.Budget, ask.Amount, granted, 0);
    }
}
