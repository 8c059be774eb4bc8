using System.Collections.Immutable;

namespace MallVip.Rules.Budgets;

/// <summary>
/// The asks of one decision in their order, against the answers that were fetched for them. What has no
/// answer yet is decided as if all of it were granted, so that one round fetches everything; then the
/// decision does not count and is made again.
/// </summary>
/// <param name="answers">In the order of the asks; empty at first.</param>
internal sealed class BudgetDialogue(ImmutableArray<BudgetAnswer> answers)
{
    private readonly ImmutableArray<BudgetAsk>.Builder _asks = ImmutableArray.CreateBuilder<BudgetAsk>(1);

    /// <summary>Some ask has no answer.</summary>
    public bool IsOpen { get; private set; }

    public ImmutableArray<BudgetAsk> Asks => _asks.ToImmutable();

    public BudgetAnswer Ask(in BudgetAsk ask)
    {
        var at = _asks.Count;
        _asks.Add(ask);
        if (at < answers.Length && answers[at].Budget == ask.Budget && answers[at].Asked == ask.Amount)
            return answers[at];
        IsOpen = true;
        return new(ask.Budget, ask.Amount, ask.Amount, 0);
    }
}
