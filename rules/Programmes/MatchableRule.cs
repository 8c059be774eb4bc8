using System.Collections.Immutable;
using MallVip.Rules.Network;

namespace MallVip.Rules.Programmes;

/// <summary>A checked and compiled rule, as any matcher may use it. It acts when all its tests hold. As with
/// <c>&amp;&amp;</c>, a test that is false absorbs one that fails; otherwise the rule fails with the first
/// that did.</summary>
public sealed class MatchableRule
{
    private readonly RuleNode _node;

    internal MatchableRule(RuleNode node, ImmutableArray<MatchableTest> tests) =>
        (_node, Tests) = (node, tests);

    public Rule Rule => _node.Rule;

    /// <summary>The active window and the conjuncts of the condition. Rules on the same type of event share
    /// those that are the same.</summary>
    public ImmutableArray<MatchableTest> Tests { get; }

    /// <summary>The match, once all tests hold: the amount is computed now, and may fail.</summary>
    public RuleMatch Fire(EvalContext context) => _node.Fire(context);

    /// <summary>The match of a rule that failed.</summary>
    public RuleMatch Fail(RuleFault fault) => new(Rule, 0, fault);
}

/// <summary>A test of one or many rules.</summary>
public sealed class MatchableTest
{
    private readonly TestNode _node;

    internal MatchableTest(TestNode node) => _node = node;

    /// <summary>What it tests, in the operator's words.</summary>
    public string Text => _node.Text;

    /// <summary>Whether it holds; null: it failed, and <paramref name="fault"/> says why.</summary>
    public bool? Holds(EvalContext context, out RuleFault? fault)
    {
        var outcome = _node.Ask(context, out var error);
        fault = error is null ? null : new(error.Code, error.Message);
        return outcome == Outcome.Fault ? null : outcome == Outcome.True;
    }
}
