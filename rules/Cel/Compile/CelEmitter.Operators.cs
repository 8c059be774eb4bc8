using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>Arithmetic, order, equality, membership and index.</summary>
internal sealed partial class CelEmitter
{
    private CelCode EmitCall(CelCall call) => call.Function switch
    {
        _ when call.Target is not null => EmitPlan(call),
        CelOperators.And or CelOperators.Or => EmitLogic(call),
        CelOperators.Not => EmitNot(call),
        CelOperators.Conditional => EmitConditional(call),
        CelOperators.Equal or CelOperators.NotEqual => EmitEquality(call),
        _ when Folded(call) is { } constant => constant,
        CelOperators.Less or CelOperators.LessOrEqual => EmitOrder(call),
        CelOperators.Greater or CelOperators.GreaterOrEqual =>
            EmitOrder(call),
        CelOperators.In => EmitIn(call),
        CelOperators.Index => EmitHelper(call, nameof(CelOps.Index), typeof(CelValue)),
        CelOperators.Negate => EmitNegate(call),
        _ when CelOperators.Symbol(call.Function) is not null => EmitArithmetic(call),
        _ => EmitPlan(call),
    };

    /// <summary>The result of an operator on literals, or on operators on literals.</summary>
    private CelCode? Folded(CelCall call)
    {
        if (call.Arguments.Count != 2 || CelOperators.Symbol(call.Function) is null)
            return null;
        return CelFolding.Known(call) is { } value
            ? Coerce(CelCode.Of(value), call, CelCoercion.HostType(call.Type))
            : null;
    }

    private CelCode EmitHelper(CelCall call, string helper, Type type)
    {
        var operands = call.Arguments.Select(argument => EmitAs(argument, typeof(CelValue))).ToArray();
        return Failable(call, operands, values => Helper(helper, values), type);
    }

    private CelCode EmitNegate(CelCall call)
    {
        if (!call.Type.IsNumber)
            return EmitHelper(call, nameof(CelOps.Negate), typeof(CelValue));
        var type = CelCoercion.HostType(call.Type);
        CelCode[] operand = [EmitTyped(call.Arguments[0])];
        return call.Type.Kind == CelTypeKind.Int
            ? Failable(call, operand, Negate, type)
            : Strict(operand, values => Expression.Negate(values[0]), type, addsFailure: false);

        Expression Negate(Expression[] values) =>
            Expression.Call(typeof(CelArithmetic), nameof(CelArithmetic.Negate), null, _state, values[0]);
    }

    private CelCode EmitArithmetic(CelCall call)
    {
        if (call.Type.Kind == CelTypeKind.Double)
            return Strict([EmitTyped(call.Arguments[0]), EmitTyped(call.Arguments[1])],
                values =>
                    NativeDouble(call.Function, values[0], values[1]), typeof(double), addsFailure: false);
        var (left, right) = (call.Arguments[0].Type, call.Arguments[1].Type);
        var isDecimal = call.Type.Kind == CelTypeKind.Decimal;
        var method = isDecimal
            ? CelTypedOperators.Find(call.Function, CelType.Decimal, CelType.Decimal)
            : CelTypedOperators.Find(call.Function, left, right);
        if (method is null || call.Type.Kind == CelTypeKind.Dyn)
            return EmitHelper(call, DynamicName(call.Function), typeof(CelValue));
        var parameters = method.GetParameters();
        CelCode[] operands =
        [
            EmitAs(call.Arguments[0], parameters[1].ParameterType),
            EmitAs(call.Arguments[1], parameters[2].ParameterType),
        ];
        return Failable(call, operands, values =>
            Expression.Call(method, _state, values[0], values[1]), method.ReturnType);
    }

    private static BinaryExpression NativeDouble(string function, Expression left, Expression right) =>
        function switch
        {
            CelOperators.Add => Expression.Add(left, right),
            CelOperators.Subtract => Expression.Subtract(left, right),
            CelOperators.Multiply => Expression.Multiply(left, right),
            _ => Expression.Divide(left, right),
        };

    private static string DynamicName(string function) => function switch
    {
        CelOperators.Add => nameof(CelOps.Add),
        CelOperators.Subtract => nameof(CelOps.Subtract),
        CelOperators.Multiply => nameof(CelOps.Multiply),
        CelOperators.Divide => nameof(CelOps.Divide),
        _ => nameof(CelOps.Modulo),
    };

    private CelCode EmitEquality(CelCall call)
    {
        var negate = call.Function == CelOperators.NotEqual;
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        var type = CommonScalar(left.Type, right.Type) ?? typeof(CelValue);
        CelCode[] operands = [EmitAs(left, type), EmitAs(right, type)];
        if (operands is [{ Constant: { } a }, { Constant: { } b }])
            return CelCode.Of(CelValue.Of(CelEquality.Equal(a, b) != negate));
        return Strict(operands, values => Equal(values[0], values[1]), typeof(bool), addsFailure: false);

        Expression Equal(Expression a, Expression b)
        {
            var method = type == typeof(CelValue) || type == typeof(byte[])
                ? typeof(CelEquality).GetMethod(nameof(CelEquality.Equal))
                : null;
            var equal = method is null
                ? Expression.Equal(a, b)
                : (Expression)Expression.Call(method, CelCoercion.Box(a, left.Type),
                    CelCoercion.Box(b, right.Type));
            return negate ? Expression.Not(equal) : equal;
        }
    }

    /// <summary>
    /// The host type in which both can be compared directly; null where only language values can.
    /// </summary>
    private static Type? CommonScalar(CelType left, CelType right)
    {
        var oneIsDecimal = left.Kind == CelTypeKind.Decimal || right.Kind == CelTypeKind.Decimal;
        if (oneIsDecimal && left.WidensToDecimal() && right.WidensToDecimal())
            return typeof(decimal);
        return left.Kind == right.Kind && IsScalar(left) ? CelCoercion.HostType(left) : null;
    }

    private static bool IsScalar(CelType type) =>
        type.Kind is CelTypeKind.Bool or CelTypeKind.String or CelTypeKind.Bytes or CelTypeKind.Timestamp
            or CelTypeKind.Duration || type.IsNumber;

    private CelCode EmitOrder(CelCall call)
    {
        var type = CommonScalar(call.Arguments[0].Type, call.Arguments[1].Type);
        if (type is null)
            return EmitHelper(call, DynamicOrder(call.Function), typeof(bool));
        CelCode[] operands = [EmitAs(call.Arguments[0], type), EmitAs(call.Arguments[1], type)];
        var isNumber = call.Arguments[0].Type.IsNumber;
        return Strict(operands, Build, typeof(bool), addsFailure: false);

        Expression Build(Expression[] values)
        {
            if (isNumber)
                return Order(call.Function, values[0], values[1]);
            var compare = typeof(CelOps).GetMethod(nameof(CelOps.Compare), [type, type])!;
            return Order(call.Function, Expression.Call(compare, values), Expression.Constant(0));
        }
    }

    private static BinaryExpression Order(string function, Expression left, Expression right) =>
        function switch
        {
            CelOperators.Less => Expression.LessThan(left, right),
            CelOperators.LessOrEqual => Expression.LessThanOrEqual(left, right),
            CelOperators.Greater => Expression.GreaterThan(left, right),
            _ => Expression.GreaterThanOrEqual(left, right),
        };

    private static string DynamicOrder(string function) => function switch
    {
        CelOperators.Less => nameof(CelOps.Less),
        CelOperators.LessOrEqual => nameof(CelOps.LessOrEqual),
        CelOperators.Greater => nameof(CelOps.Greater),
        _ => nameof(CelOps.GreaterOrEqual),
    };

    private CelCode EmitIn(CelCall call)
    {
        var (item, container) = (call.Arguments[0], call.Arguments[1]);
        var list = Emit(container);
        var itemType = CelCoercion.HostType(item.Type);
        if (IsScalar(item.Type) && CelHostTypes.ItemType(list.HostType) == itemType)
            return Failable(call, [EmitTyped(item), list], values => Expression.Call(
                typeof(CelOps), nameof(CelOps.InHostList), [itemType], _state, values[0], values[1]),
                    typeof(bool));
        var set = Coerce(list, container, typeof(CelValue));
        if (set.Constant is not { Kind: CelKind.List } known)
            return EmitHelper(call, nameof(CelOps.In), typeof(bool));
        var isText = item.Type.Kind == CelTypeKind.String;
        var constants = new CelConstantSet(known.AsList);
        return Strict(
            [EmitAs(item, isText ? typeof(string) : typeof(CelValue))],
            values =>
                Expression.Call(Expression.Constant(constants), nameof(CelConstantSet.Contains), null,
                    values),
            typeof(bool),
            addsFailure: false);
    }
}
