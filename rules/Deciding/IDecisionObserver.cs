using MallVip.Rules.Budgets;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>
/// Is told how a decision comes about, so that it can be explained. It changes nothing; an ordinary decision
/// has none.
/// </summary>
internal interface IDecisionObserver
{
    /// <summary>The rules begin to act on an event.</summary>
    /// <param name="draft">What has been decided so far.</param>
    /// <param name="before">What the rules read.</param>
    void RulesRun(
        DecisionDraft draft, EventScope scope, MemberState before, IReadOnlyList<RuleMatch> matches);

    /// <summary>A rule gave an amount: <paramref name="factor"/> times <paramref name="of"/>.</summary>
    /// <param name="of">1, or of a multiplier the points that it acts on.</param>
    /// <param name="rounded">Null: it was negative or too large, and made no line.</param>
    /// <param name="limited">What the rule's own limit left of it.</param>
    void LineMade(Rule rule, decimal factor, long of, Points? rounded, Points limited);

    /// <summary>A rule asked its budget for what it would give.</summary>
    void BudgetAsked(Rule rule, in BudgetAnswer answer);

    /// <summary>The wallet's cap took points from a line.</summary>
    void LineCapped(Rule rule, Points cut);

    /// <summary>A tier's condition was asked, for entry or for keeping it.</summary>
    void TierAsked(DecisionDraft draft, EvalContext context, Tier tier, ICondition condition, bool holds);
}
