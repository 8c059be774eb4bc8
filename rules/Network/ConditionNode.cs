using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>One conjunct of the conditions of one or many rules.</summary>
internal sealed class ConditionNode(int slot, string text, CelExpression<EvalContext> expression)
    : TestNode(slot, text)
{
    public override void Prepare() => expression.Prepare();

    protected override Outcome Ask(Evaluation evaluation)
    {
        var holds = expression.TryEvaluate(evaluation.Context, out bool value, out var error) && value;
        if (error is not null)
            return evaluation.SetOutcome(Slot, Outcome.Fault, error);
        return evaluation.SetOutcome(Slot, holds ? Outcome.True : Outcome.False);
    }
}
