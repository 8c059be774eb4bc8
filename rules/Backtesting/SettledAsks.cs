using MallVip.Rules.Budgets;

namespace MallVip.Rules.Backtesting;

/// <summary>What budgets answer to asks that the record does not answer. Immutable.</summary>
public sealed class SettledAsks
{
    private readonly Dictionary<AskKey, BudgetAnswer> _answers;

    internal SettledAsks(Dictionary<AskKey, BudgetAnswer> answers) => _answers = answers;

    /// <summary>How many asks it answers.</summary>
    public int Count => _answers.Count;

    /// <summary>How many of them got less than they asked for.</summary>
    public int Short => _answers.Values.Count(answer => answer.Granted < answer.Asked);

    /// <summary>Whether both answer the same to the same.</summary>
    public bool IsSame(SettledAsks other)
    {
        if (Count != other.Count)
            return false;
        foreach (var (key, answer) in _answers)
            if (!other._answers.TryGetValue(key, out var theirs) || theirs != answer)
                return false;
        return true;
    }

    /// <summary>Null: this was not asked when the answers were made.</summary>
    internal BudgetAnswer? Find(in AskKey key, in BudgetAsk ask) =>
        _answers.TryGetValue(key, out var answer) && answer.Budget == ask.Budget && answer.Asked == ask.Amount
            ? answer
            : null;
}
