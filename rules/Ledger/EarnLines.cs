using MallVip.Rules.Budgets;
using MallVip.Rules.Deciding;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>
/// What one event earns in one wallet, in the stated order: earn rules, those that their groups pick,
/// rounded and cut by their limits and budgets; multipliers over what is left of them, cut by theirs; then
/// the wallet's cap and its ceiling, which cut the last lines first.
/// </summary>
internal sealed class EarnLines(DecisionDraft draft, EventScope scope, Wallet wallet)
{
    private readonly List<(Rule Rule, Points Amount)> _lines = draft.Lines;
    private List<BudgetAnswer>? _budgets;

    /// <summary>Until the next wallet's are asked for.</summary>
    public List<(Rule Rule, Points Amount)> Lines => _lines;

    /// <summary>What the rules asked of their budgets, in the order of the asks; null: nothing.</summary>
    public IReadOnlyList<BudgetAnswer>? Budgets => _budgets;

    public static EarnLines Of(DecisionDraft draft, EventScope scope, Wallet wallet, List<RuleMatch> matches)
    {
        draft.Lines.Clear();
        var lines = new EarnLines(draft, scope, wallet);
        lines.Earn(matches);
        lines.Multiply(matches);
        lines.Cap();
        lines.KeepBelowCeiling();
        return lines;
    }

    private Points Total()
    {
        var total = Points.Zero;
        foreach (var line in _lines)
            total += line.Amount;
        return total;
    }

    private void Earn(List<RuleMatch> matches)
    {
        var picking = Picking.Of(wallet.Id, matches);
        for (var i = 0; i < matches.Count; i++)
        {
            var rule = matches[i].Rule;
            if (Picking.Earns(matches[i], wallet.Id) && picking.Counts(matches, i))
                Add(rule, ((RuleAction.Earn)rule.Action).Round, matches[i].Amount, 1);
        }
    }

    private void Multiply(List<RuleMatch> matches)
    {
        if (_lines.Count == 0)
            return;
        var earned = Total();
        var soFar = earned;
        for (var i = 0; i < matches.Count; i++)
        {
            if (!Multipliers.Counts(wallet, matches, i))
                continue;
            var match = matches[i];
            var round = ((RuleAction.Multiply)match.Rule.Action).Round;
            var of = Multipliers.Base(wallet.Stack, earned, soFar);
            soFar += Add(match.Rule, round, match.Amount - 1, of.Value);
        }
    }

    private Points Add(Rule rule, Rounding round, decimal factor, long of)
    {
        var rounded = Rounded(rule, round, factor, of);
        var amount = LimitWindows.Cut(draft.State, rule, scope.Day, rounded ?? Points.Zero);
        draft.Context.Observer?.LineMade(rule, factor, of, rounded, amount);
        if (BudgetAsking.Ask(draft, rule, scope.Day, amount) is { } answer)
        {
            (_budgets ??= []).Add(answer);
            draft.Context.Observer?.BudgetAsked(rule, answer);
            amount = answer.Granted;
        }

        if (amount > Points.Zero)
            _lines.Add((rule, amount));
        return amount;
    }

    private Points? Rounded(Rule rule, Rounding round, decimal factor, long of)
    {
        try
        {
            var amount = round.ToPoints(factor * of);
            if (amount < Points.Zero)
                draft.Warn(
                    WarningCodes.NegativeAmount, $"The rule gave {amount}; no line was made.", rule.Ref);
            else if (amount.Value <= Points.Limit)
                return amount;
            else
                draft.Warn(WarningCodes.RuleFailed, $"The rule gave {amount}, more than any wallet holds.",
                    rule.Ref);
        }
        catch (OverflowException)
        {
            draft.Warn(WarningCodes.RuleFailed, "The rule gave more than 64 bits hold.", rule.Ref);
        }

        return null;
    }

    private void Cap()
    {
        var total = Total();
        CutLast(total - LimitWindows.Cut(draft.State, wallet, scope.Day, total));
    }

    private void KeepBelowCeiling()
    {
        var above = Ceilings.Above(draft.State, wallet, Total());
        if (above == Points.Zero)
            return;
        CutLast(above);
        draft.Warn(
            WarningCodes.CeilingReached,
            $"{above} are not earned: wallet {wallet.Id} holds at most {wallet.Ceiling}.");
    }

    private void CutLast(Points excess)
    {
        while (excess > Points.Zero)
        {
            var (rule, amount) = _lines[^1];
            var cut = Points.Min(amount, excess);
            excess -= cut;
            draft.Context.Observer?.LineCapped(rule, cut);
            _lines.RemoveAt(_lines.Count - 1);
            if (cut < amount)
                _lines.Add((rule, amount - cut));
        }
    }
}
