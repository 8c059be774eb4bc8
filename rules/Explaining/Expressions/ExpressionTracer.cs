using System.Collections.Immutable;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Explaining;

/// <summary>
/// Evaluates an expression part by part. Each part is compiled by itself from the same checked tree, so that
/// its value is the one that the whole has seen. Parts inside a macro depend on its variables and are not
/// listed; what the macro walks over, and what it came to, are.
/// </summary>
public sealed class ExpressionTracer
{
    private readonly CelExpression<EvalContext> _expression;
    private readonly EvalContext _context;
    private readonly ImmutableArray<SubValue>.Builder _parts = ImmutableArray.CreateBuilder<SubValue>();
    private readonly ImmutableDictionary<CelNode, CelValue>.Builder _reads =
        ImmutableDictionary.CreateBuilder<CelNode, CelValue>(ReferenceEqualityComparer.Instance);

    private ExpressionTracer(CelExpression<EvalContext> expression, EvalContext context) =>
        (_expression, _context) = (expression, context);

    public static ExpressionTrace Trace(CelExpression<EvalContext> expression, EvalContext context)
    {
        var tracer = new ExpressionTracer(expression, context);
        tracer.Visit(expression.Root, 0, isNeeded: true);
        return new(
            expression.Root, tracer.ValueOf(expression.Root), tracer._parts.ToImmutable(),
            tracer._reads.ToImmutable());
    }

    private void Visit(CelNode node, int depth, bool isNeeded)
    {
        if (node is CelLiteral || node.Type.Kind is CelTypeKind.Object or CelTypeKind.Type)
            return;
        var isRead = IsRead(node);
        var value = isNeeded ? ValueOf(node) : (CelValue?)null;
        if (isRead && value is { } read)
            _reads[node] = read;
        _parts.Add(new(
            ExpressionText.Of(node), depth, node.Span.Line, node.Span.Column, isRead, value));
        if (CelReadsCollector.PathOf(node) is null)
            VisitOperands(node, depth + 1, isNeeded);
    }

    private void VisitOperands(CelNode node, int depth, bool isNeeded)
    {
        switch (node)
        {
            case CelMacro macro:
                Visit(macro.Range, depth, isNeeded);
                break;
            case CelBind bind:
                Visit(bind.Value, depth, isNeeded);
                break;
            case CelCall { Function: CelOperators.And or CelOperators.Or } junction:
                VisitJunction(junction, depth, isNeeded);
                break;
            case CelCall { Function: CelOperators.Conditional } choice:
                VisitChoice(choice, depth, isNeeded);
                break;
            default:
                foreach (var operand in CelReadsCollector.OperandsOf(node))
                    Visit(operand, depth, isNeeded);
                break;
        }
    }

    /// <summary>What follows an operand that decides is not asked.</summary>
    private void VisitJunction(CelCall junction, int depth, bool isNeeded)
    {
        var decides = junction.Function == CelOperators.Or;
        foreach (var operand in junction.Arguments)
        {
            Visit(operand, depth, isNeeded);
            isNeeded = isNeeded && !Is(operand, decides);
        }
    }

    private void VisitChoice(CelCall choice, int depth, bool isNeeded)
    {
        var (test, then, otherwise) = (choice.Arguments[0], choice.Arguments[1], choice.Arguments[2]);
        Visit(test, depth, isNeeded);
        Visit(then, depth, isNeeded && Is(test, true));
        Visit(otherwise, depth, isNeeded && Is(test, false));
    }

    private bool Is(CelNode node, bool wanted) =>
        ValueOf(node) is { Kind: CelKind.Bool } value && value.AsBool == wanted;

    /// <summary>The whole of an amount may be another type than its tree: a decimal.</summary>
    private CelValue ValueOf(CelNode node)
    {
        var isWhole = node == _expression.Root && _expression.Type.Kind != node.Type.Kind;
        return (isWhole ? _expression : _expression.Part(node)).Evaluate(_context);
    }

    private static bool IsRead(CelNode node) =>
        CelReadsCollector.PathOf(node) is not null || node is CelCall { Plan: CelCallPlan.Host };
}
