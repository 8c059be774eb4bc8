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
        var context = evaluation.Context;
        var holds = expression.TryEvaluate(context, out bool value, out var error, context.Steps) && value;
        if (error is not null)
        {
            context.Note(error);
            return evaluation.SetOutcome(Slot, Outcome.Fault, error);
        }

        return evaluation.SetOutcome(Slot, holds ? Outcome.True : Outcome.False);
    }
}
