using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>
/// Macros as loops in place: over a host list without boxing, or over the elements of a language value.
/// </summary>
internal sealed partial class CelEmitter
{
    private CelCode EmitMacro(CelMacro macro)
    {
        var range = Emit(macro.Range);
        if (CelHostTypes.ItemType(range.HostType) is { } item)
            return EmitHostWalk(macro, range, item);
        var source = Expression.Variable(typeof(CelWalk), "walk");
        var walked = Failable(macro, [Coerce(range, macro.Range, typeof(CelValue))],
            values => Helper(nameof(CelOps.Walk), values[0]), typeof(CelWalk));
        return EmitWalk(macro, walked, source, Expression.Property(source, nameof(CelWalk.Count)), Bind);

        IEnumerable<CelCode> Bind(ParameterExpression index)
        {
            var key = new CelCode(Expression.Call(source, nameof(CelWalk.Key), null, index), false);
            var value = new CelCode(Expression.Call(source, nameof(CelWalk.Item), null, index), false);
            var single = new CelCode(Expression.Call(source, nameof(CelWalk.Single), null, index), false);
            CelCode[] elements = macro.Locals.Length == 2 ? [key, value] : [single];
            return elements.Select((element, i) => Element(macro, element, macro.Locals[i].Type));
        }
    }

    private CelCode Element(CelNode at, CelCode element, CelType type)
    {
        var hostType = CelCoercion.HostType(type);
        if (element.HostType == hostType)
            return element;
        return element.HostType == typeof(CelValue)
            ? Failable(at, [element], values => CelCoercion.Unbox(_state, values[0], hostType), hostType)
            : new CelCode(CelCoercion.Box(element.Value, type), false);
    }

    private CelCode EmitHostWalk(CelMacro macro, CelCode range, Type item)
    {
        var listType = typeof(IReadOnlyList<>).MakeGenericType(item);
        var source = Expression.Variable(listType, "list");
        var count = Expression.Property(source, typeof(IReadOnlyCollection<>).MakeGenericType(item), "Count");
        var list = new CelCode(Expression.Coalesce(Expression.Convert(range.Value, listType),
            Expression.Constant(Array.CreateInstance(item, 0), listType)), range.CanFail);
        return EmitWalk(macro, list, source, count, Bind);

        IEnumerable<CelCode> Bind(ParameterExpression index)
        {
            var element =
                CelCoercion.Normalize(Expression.Property(source, listType.GetProperty("Item")!, index));
            var value = Element(macro, Native(macro, element), macro.Locals[^1].Type);
            var position = new CelCode(Expression.Convert(index, typeof(long)), false);
            return macro.Locals.Length == 2 ? [position, value] : [value];
        }
    }

    private CelCode EmitWalk(
        CelMacro macro, CelCode range, ParameterExpression source, Expression count,
        Func<ParameterExpression, IEnumerable<CelCode>> bind)
    {
        var index = Expression.Variable(typeof(int), "index");
        var end = Expression.Label("end");
        var elements = bind(index).ToArray();
        var slots = macro.Locals.Select((local, i) =>
            local.Slot = Expression.Variable(elements[i].HostType, local.Name))
            .ToArray();
        var shape = Shape(macro, slots, end);
        var assigned = slots.Select((slot, i) =>
            Guard(Expression.Assign(slot, elements[i].Value), elements[i].CanFail, shape));
        var loop = Expression.Loop(
            Expression.IfThenElse(
                Expression.AndAlso(
                    Expression.LessThan(index, count),
                    Expression.Call(_state, nameof(CelState.Spend), null, Expression.Constant(1L))),
                Expression.Block(
                    [.. slots, .. shape.Temporaries],
                    [.. assigned, shape.Body, shape.Next is null ? Expression.Empty()
                        : Expression.Label(shape.Next),
                        Expression.PreIncrementAssign(index)]),
                Expression.Break(end)),
            end);
        var walk = Expression.Block(
            shape.Result.Type,
            [index, .. shape.Accumulators],
            [Expression.Assign(index, Expression.Constant(0)), .. shape.Start, loop, shape.Finish,
                shape.Result]);
        var whole = Expression.Block(
            shape.Result.Type,
            [source],
            Expression.Assign(source, range.Value),
            range.CanFail ? Expression.Condition(HasFailed, Expression.Default(walk.Type), walk) : walk);
        return new CelCode(whole, true);
    }

    /// <summary>After an element that could not be read, what a failed body would do.</summary>
    private Expression Guard(Expression step, bool canFail, LoopShape shape) =>
        canFail ? Expression.Block(step, Expression.IfThen(HasFailed, shape.OnFailure)) : step;

    private static UnaryExpression Not(Expression operand) => Expression.Not(operand);

    private sealed record LoopShape(
        ParameterExpression[] Accumulators,
        ParameterExpression[] Temporaries,
        Expression[] Start,
        Expression Body,
        Expression OnFailure,
        LabelTarget? Next,
        Expression Finish,
        Expression Result);
}
