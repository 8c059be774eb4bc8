using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>What each macro does with an element.</summary>
internal sealed partial class CelEmitter
{
    private LoopShape Shape(CelMacro macro, ParameterExpression[] slots, LabelTarget end) => macro.Kind switch
    {
        CelMacroKind.All or CelMacroKind.Exists => Quantifier(macro, end),
        CelMacroKind.ExistsOne => Single(macro, end),
        CelMacroKind.Filter or CelMacroKind.Map => Collect(macro, slots, end),
        _ => CollectMap(macro, slots, end),
    };

    /// <summary>The first deciding element ends it; errors count only when no element decides.</summary>
    private LoopShape Quantifier(CelMacro macro, LabelTarget end)
    {
        var isAll = macro.Kind == CelMacroKind.All;
        var result = Expression.Variable(typeof(bool), "result");
        var saved = Expression.Variable(typeof(CelError), "saved");
        var next = Expression.Label("next");
        var holds = Expression.Variable(typeof(bool), "holds");
        var keep = Expression.Block(
            Expression.Assign(saved, Expression.Coalesce(saved, Error)),
            Expression.Assign(Error, NoError),
            Expression.Goto(next));
        var body = EmitAs(macro.Body, typeof(bool));
        var decided = Expression.IfThen(
            isAll ? Not(holds) : holds,
            Expression.Block(Expression.Assign(result, Expression.Constant(!isAll)), Expression.Break(end)));
        var step = Expression.Block(
            Expression.Assign(holds, body.Value),
            body.CanFail ? Expression.IfThen(HasFailed, keep) : Expression.Empty(),
            decided);
        var finish = Expression.IfThen(
            Expression.AndAlso(Expression.Not(HasFailed),
                Expression.Equal(result, Expression.Constant(isAll))),
            Expression.Assign(Error, saved));
        return new LoopShape(
            [result, saved], [holds],
            [Expression.Assign(result, Expression.Constant(isAll)), Expression.Assign(saved, NoError)],
            step, keep, next, finish, result);
    }

    private LoopShape Single(CelMacro macro, LabelTarget end)
    {
        var count = Expression.Variable(typeof(int), "count");
        var body = EmitAs(macro.Body, typeof(bool));
        var holds = Expression.Variable(typeof(bool), "holds");
        var step = Expression.Block(
            Expression.Assign(holds, body.Value),
            Stop(body, end),
            Expression.IfThen(holds, Expression.PreIncrementAssign(count)));
        return new LoopShape(
            [count], [holds], [Expression.Assign(count, Expression.Constant(0))],
            step, Expression.Break(end), null, Expression.Empty(),
                Expression.Equal(count, Expression.Constant(1)));
    }

    private LoopShape Collect(CelMacro macro, ParameterExpression[] slots, LabelTarget end)
    {
        var items = Expression.Variable(typeof(List<CelValue>), "items");
        var isFilter = macro.Kind == CelMacroKind.Filter;
        var condition = isFilter ? macro.Body : macro.Filter;
        var value = isFilter
            ? new CelCode(CelCoercion.Box(slots[0], macro.Locals[0].Type), false)
            : EmitAs(macro.Body, typeof(CelValue));
        var made = Expression.Variable(typeof(CelValue), "made");
        var add = Expression.Block(
            Expression.Assign(made, value.Value),
            Stop(value, end),
            Expression.Call(items, nameof(List<CelValue>.Add), null, made));
        return new LoopShape(
            [items], [made], [Expression.Assign(items, Expression.New(typeof(List<CelValue>)))],
            Conditional(condition, add, end), Expression.Break(end), null, Expression.Empty(),
            Expression.Call(typeof(CelList), nameof(CelList.FromBuilder), null, items));
    }

    private LoopShape CollectMap(CelMacro macro, ParameterExpression[] slots, LabelTarget end)
    {
        var map = Expression.Variable(typeof(CelMap), "map");
        var value = EmitAs(macro.Body, typeof(CelValue));
        var made = Expression.Variable(typeof(CelValue), "made");
        var isEntry = macro.Kind == CelMacroKind.TransformMapEntry;
        Expression store = isEntry
            ? Helper(nameof(CelOps.AddEntries), map, made)
            : Helper(nameof(CelOps.AddEntry), map, CelCoercion.Box(slots[0], macro.Locals[0].Type), made);
        var add = Expression.Block(
            Expression.Assign(made, value.Value),
            Stop(value, end),
            Mark(macro),
            store,
            Expression.IfThen(HasFailed, Expression.Break(end)));
        return new LoopShape(
            [map], [made], [Expression.Assign(map, Expression.New(typeof(CelMap)))],
            Conditional(macro.Filter, add, end), Expression.Break(end), null, Expression.Empty(),
            CelCoercion.Box(map, CelType.AnyMap));
    }

    private Expression Conditional(CelNode? condition, Expression then, LabelTarget end)
    {
        if (condition is null)
            return then;
        var code = EmitAs(condition, typeof(bool));
        var holds = Expression.Variable(typeof(bool));
        return Expression.Block([holds], Expression.Assign(holds, code.Value), Stop(code, end),
            Expression.IfThen(holds, then));
    }

    private Expression Stop(CelCode code, LabelTarget end) =>
        code.CanFail ? Expression.IfThen(HasFailed, Expression.Break(end)) : Expression.Empty();
}
