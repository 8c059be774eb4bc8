using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>One conjunct of the conditions of one or many rules.</summary>
internal sealed class ConditionNode(int slot, string text, CelExpression<EvalContext> expression)
    : TestNode(slot, text)
{
    public override void Prepare() => expression.Prepare();

    public override Outcome Ask(EvalContext context, out CelError? fault)
    {
        var holds = expression.TryEvaluate(context, out bool value, out fault, context.Steps) && value;
        if (fault is null)
            return holds ? Outcome.True : Outcome.False;
        context.Note(fault);
        return Outcome.Fault;
    }
}
