using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>The amount of an earn or multiply rule; evaluated only when the rule matches.</summary>
internal sealed class AmountNode(string text, CelExpression<EvalContext> expression)
{
    private readonly decimal? _constant = ConstantOf(expression);

    public string Text { get; } = text;

    /// <summary>An amount whose expression is compiled already.</summary>
    public static AmountNode Prepared(string text, CelExpression<EvalContext> expression)
    {
        expression.Prepare();
        return new(text, expression);
    }

    public decimal Evaluate(EvalContext context, out CelError? fault)
    {
        fault = null;
        if (_constant is { } constant)
            return constant;
        if (expression.TryEvaluate(context, out decimal value, out fault, context.Steps))
            return value;
        context.Note(fault);
        return 0;
    }

    private static decimal? ConstantOf(CelExpression<EvalContext> expression) =>
        expression.Constant is { Kind: CelKind.Decimal } value ? value.AsDecimal : null;
}
