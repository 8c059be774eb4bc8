using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Budgets;

/// <summary>
/// Budgets where one thread decides everything: a case, a question of what would be granted. Not thread-safe.
/// </summary>
public sealed class BudgetCount
{
    private readonly Dictionary<BudgetKey, long> _used = [];
    private readonly Dictionary<string, long> _left = new(StringComparer.Ordinal);

    /// <summary>From here on this much is left of a rule's budget, in whatever window.</summary>
    public void SetLeft(string rule, long left) => _left[rule] = left;

    /// <summary>What is used of a budget.</summary>
    public void SetUsed(BudgetKey budget, long used) => _used[budget] = used;

    /// <summary>Answers asks in their order, each after the ones before it; nothing is used by it.</summary>
    public ImmutableArray<BudgetAnswer> Answer(ImmutableArray<BudgetAsk> asks)
    {
        var answers = ImmutableArray.CreateBuilder<BudgetAnswer>(asks.Length);
        var taken = new Dictionary<BudgetKey, long>();
        foreach (var ask in asks)
        {
            var before = taken.GetValueOrDefault(ask.Budget);
            var granted = Granted(ask, LeftOf(ask) - before);
            taken[ask.Budget] = before + granted.Value;
            answers.Add(new(ask.Budget, ask.Amount, granted, 0));
        }

        return answers.MoveToImmutable();
    }

    /// <summary>How much of an ask is granted where so much is left.</summary>
    public static Points Granted(in BudgetAsk ask, long left)
    {
        if (ask.Amount.Value <= left || ask.Amount < Points.Zero)
            return ask.Amount;
        return ask.TakesPart && left > 0 ? new(left) : Points.Zero;
    }

    /// <summary>Counts what an accepted decision has used.</summary>
    public void Post(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
        {
            if (fact is not Fact.BudgetUsed used)
                continue;
            _used[used.Budget] = _used.GetValueOrDefault(used.Budget) + used.Amount.Value;
            if (_left.TryGetValue(used.Rule, out var left))
                _left[used.Rule] = left - used.Amount.Value;
        }
    }

    private long LeftOf(in BudgetAsk ask) => _left.TryGetValue(ask.Budget.Rule, out var left)
        ? left
        : ask.Total - _used.GetValueOrDefault(ask.Budget);
}
