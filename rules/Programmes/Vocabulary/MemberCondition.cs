using MallVip.Rules.Cel;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>The entry condition of a tier, or the end condition of a tag.</summary>
internal sealed class MemberCondition(CelExpression<EvalContext> expression) : ICondition
{
    /// <summary>The condition, for explanations.</summary>
    public CelExpression<EvalContext> Expression { get; } = expression;

    public bool Holds(EvalContext context, out RuleFault? fault)
    {
        var holds = Expression.TryEvaluate(context, out bool value, out var error, context.Steps) && value;
        context.Note(error);
        fault = error is null ? null : new(error.Code, error.Message);
        return holds && error is null;
    }
}
