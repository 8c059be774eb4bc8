using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>
/// What budgets answer one member in a back-test: an ask that was recorded gets the recorded answer, any
/// other
/// one is granted and kept open until all are settled.
/// </summary>
/// <param name="settled">What was settled so far; null: nothing.</param>
public sealed class ReplayBudgets(BacktestTerms terms, SettledAsks? settled)
{
    private readonly Dictionary<BudgetKey, long> _used = [];
    private readonly List<OpenAsk> _open = [];
    private readonly List<OpenAsk> _openHere = [];

    /// <summary>What was used by answers of the record.</summary>
    internal IReadOnlyDictionary<BudgetKey, long> Used => _used;

    /// <summary>Asks that the record does not answer.</summary>
    public IReadOnlyList<OpenAsk> Open => _open;

    /// <summary>Counts the asks of an entry that stays as it is recorded.</summary>
    internal void Keep(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.BudgetUsed used)
                Count(used.Budget, used.Amount);
    }

    /// <summary>A decision begins.</summary>
    internal void Begin() => _openHere.Clear();

    /// <summary>Answers all asks of one decision, which may ask again.</summary>
    internal ImmutableArray<BudgetAnswer> Answer(
        MemberId member, in BacktestEntry entry, ImmutableArray<BudgetAsk> asks)
    {
        _openHere.Clear();
        var recorded = entry.Past.Facts.OfType<Fact.BudgetUsed>().ToList();
        var answers = ImmutableArray.CreateBuilder<BudgetAnswer>(asks.Length);
        foreach (var ask in asks)
            answers.Add(terms.IgnoresBudgets ? InFull(ask)
                : Recorded(recorded, entry.Past.Version, ask) ?? Other(member, entry, ask));
        return answers.MoveToImmutable();
    }

    /// <summary>The decision stands: what it has used of the record's answers counts, and what is open stays
    /// so. An ask that the answers to others have made needless is as good as never asked.</summary>
    internal void Close(ImmutableArray<Fact> facts)
    {
        foreach (var open in _openHere)
            if (IsUsed(facts, open))
                _open.Add(open);
        foreach (var fact in facts)
            if (fact is Fact.BudgetUsed used && !IsOpen(used))
                Count(used.Budget, used.Amount);
    }

    private static bool IsUsed(ImmutableArray<Fact> facts, OpenAsk open) =>
        facts.Any(fact => fact is Fact.BudgetUsed used && Is(used, open));

    private bool IsOpen(Fact.BudgetUsed used) => _openHere.Exists(open => Is(used, open));

    private BudgetAnswer? Recorded(List<Fact.BudgetUsed> recorded, string version, BudgetAsk ask)
    {
        var at = recorded.FindIndex(used => used.Budget == ask.Budget && used.Asked == ask.Amount);
        if (at < 0 || terms.Version(version).FindRule(ask.Budget.Rule)?.Budget is not { } budget
            || budget.Total != ask.Total
            || (ask.Amount > Points.Zero && ask.TakesPart != (budget.OnShort == OnShort.Partial)))
            return null;
        var answer = new BudgetAnswer(ask.Budget, ask.Amount, recorded[at].Granted, recorded[at].Lease);
        recorded.RemoveAt(at);
        return answer;
    }

    private BudgetAnswer Other(MemberId member, in BacktestEntry entry, BudgetAsk ask)
    {
        var open = new OpenAsk(entry.Pos, new(member, entry.Past.Seq, _openHere.Count), ask);
        _openHere.Add(open);
        return settled?.Find(open.Key, ask) ?? InFull(ask);
    }

    private static bool Is(Fact.BudgetUsed used, in OpenAsk open) =>
        open.Ask.Budget == used.Budget && open.Ask.Amount == used.Asked;

    private void Count(BudgetKey budget, Points used) =>
        _used[budget] = _used.GetValueOrDefault(budget) + used.Value;

    private static BudgetAnswer InFull(in BudgetAsk ask) => new(ask.Budget, ask.Amount, ask.Amount, 0);
}
