using System.Collections.Immutable;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>The end of every way through the network: a rule.</summary>
/// <param name="everything">All its tests, also those that an index answers on the usual way.</param>
/// <param name="amount">Null: the action has none.</param>
internal sealed class RuleNode(Rule rule, ImmutableArray<TestNode> everything, AmountNode? amount)
{
    public Rule Rule { get; } = rule;

    public ImmutableArray<TestNode> Everything { get; } = everything;

    public AmountNode? Amount { get; } = amount;

    /// <summary>
    /// Adds the rule to the matches if all of <paramref name="tests"/> hold. As with <c>&amp;&amp;</c>, one
    /// that is false absorbs one that fails; a failure is reported only when nothing is false.
    /// </summary>
    public void Activate(Evaluation evaluation, ImmutableArray<TestNode> tests)
    {
        TestNode? failed = null;
        foreach (var test in tests)
        {
            var outcome = test.Evaluate(evaluation);
            if (outcome == Outcome.False)
                return;
            if (outcome == Outcome.Fault)
                failed ??= test;
        }

        evaluation.Matches.Add(failed is null
            ? Fire(evaluation.Context)
            : Fail(Rule, evaluation.FaultOf(failed.Slot)!));
    }

    /// <summary>The match of a rule whose tests hold.</summary>
    public RuleMatch Fire(EvalContext context)
    {
        if (Amount is null)
            return new(Rule, 0, null);
        var value = Amount.Evaluate(context, out var fault);
        return fault is null ? new(Rule, value, null) : Fail(Rule, fault);
    }

    private static RuleMatch Fail(Rule rule, CelError error) => new(rule, 0, new(error.Code, error.Message));
}
