using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Budgets;

/// <summary>How rules ask their budgets, and what is recorded of it.</summary>
internal static class BudgetAsking
{
    /// <summary>Null: the rule has no budget, or wants nothing.</summary>
    public static BudgetAnswer? Ask(DecisionDraft draft, Rule rule, DateOnly day, Points amount)
    {
        if (rule.Budget is not { } budget || amount <= Points.Zero)
            return null;
        var key = BudgetKey.Of(rule.Ref.Rule, budget, day);
        var ask = new BudgetAsk(key, amount, budget.Total, budget.OnShort == OnShort.Partial);
        return draft.Budgets.Ask(ask);
    }

    /// <summary>Records an ask, its answer and what of it was used.</summary>
    public static void Record(DecisionDraft draft, in BudgetAnswer answer, Points used) =>
        draft.Add(new Fact.BudgetUsed(
            answer.Budget.Rule, answer.Budget.First, answer.Asked, answer.Granted, used, answer.Lease));

    /// <summary>Gives back what a return has taken of a line, as the version that gave it says.</summary>
    public static void GiveBack(
        DecisionDraft draft, PurchaseHistory history, Fact.Earned line, Points takenBack)
    {
        if (takenBack <= Points.Zero || line.Why is not { Rule: var rule }
            || history.Programme.FindRule(rule)?.Budget is not { OnReturn: BudgetReturn.GiveBack } budget)
            return;
        foreach (var fact in history.Facts)
        {
            if (fact is not Fact.BudgetUsed used || used.Rule != rule)
                continue;
            Record(draft, draft.Budgets.Ask(new(used.Budget, -takenBack, budget.Total, false)), -takenBack);
            return;
        }
    }
}
