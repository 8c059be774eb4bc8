using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>Library and host calls.</summary>
internal sealed partial class CelEmitter
{
    private CelCode EmitPlan(CelCall call) => call.Plan switch
    {
        CelCallPlan.Library { Candidates: [var only] } plan => EmitOverload(call, plan.Arguments, only),
        CelCallPlan.Library plan => EmitDispatch(call, plan),
        CelCallPlan.Host plan => EmitHost(call, plan),
        CelCallPlan.Extreme plan => EmitExtreme(call, plan),
        CelCallPlan.Sum plan => EmitSum(call, plan),
        CelCallPlan.Fails plan => Failing(call, plan.Code, [.. plan.Args]),
        _ when call.Function == "dyn" => EmitAs(call.Arguments[0], typeof(CelValue)),
        _ when call.Function == "type" => EmitTypeOf(call),
        _ => throw new InvalidOperationException($"'{call.Function}' was not resolved"),
    };

    private CelCode EmitTypeOf(CelCall call)
    {
        var operand = EmitAs(call.Arguments[0], typeof(CelValue));
        return Strict(
            [operand],
            values => Expression.Call(typeof(CelOps), nameof(CelOps.TypeOf), null, values),
            typeof(CelValue),
            addsFailure: false);
    }

    private CelCode EmitOverload(CelCall call, IReadOnlyList<CelNode> arguments, CelOverload overload)
    {
        var operands = arguments.Select((each, i) => EmitAs(each, overload.HostTypes[i])).ToArray();
        if (overload.Name == "matches" && operands[1].Constant is { } pattern
            && CelRegex.TryBuild(pattern.AsString, out var regex, out _))
            return Failable(call, operands[..1], values => Expression.Call(typeof(CelRegexFunctions),
                nameof(CelRegexFunctions.MatchesBuilt), null, _state, values[0], Expression.Constant(regex)),
                    typeof(bool));
        if (operands.All(operand => operand.Constant is not null)
            && TryFold(overload, operands) is { } folded)
            return folded;
        var code = overload.CanFail
            ? Failable(call, operands, values => Invoke(overload, values), overload.Method.ReturnType)
            : Strict(operands, values =>
                Invoke(overload, values), overload.Method.ReturnType, addsFailure: false);
        return code with { Value = CelCoercion.Normalize(code.Value) };
    }

    private MethodCallExpression Invoke(CelOverload overload, Expression[] values) =>
        Expression.Call(overload.Method, overload.CanFail ? [_state, .. values] : values);

    /// <summary>
    /// A call on constants is made once, here; one that fails is left to fail where it stands.
    /// </summary>
    private static CelCode? TryFold(CelOverload overload, CelCode[] operands)
    {
        object state = new CelState { Budget = FoldBudget };
        var values = operands.Select((operand, i) =>
            CelFolding.Unbox(operand.Constant!.Value, overload.HostTypes[i]));
        object?[] arguments = overload.CanFail ? [state, .. values] : [.. values];
        var result = overload.Method.Invoke(null, arguments);
        return overload.CanFail && ((CelState)arguments[0]!).Error is not null
            ? null
            : CelCode.Of(CelFolding.Box(result!));
    }

    /// <summary>Chooses among overloads by the kinds of the values.</summary>
    private CelCode EmitDispatch(CelCall call, CelCallPlan.Library plan)
    {
        var operands = plan.Arguments.Select(each => EmitAs(each, typeof(CelValue))).ToArray();
        var type = CelCoercion.HostType(call.Type);
        return Failable(call, operands, Choose, type);

        Expression Choose(Expression[] values)
        {
            var slots = values.Select(_ => Expression.Variable(typeof(CelValue))).ToArray();
            var list = Expression.NewArrayInit(typeof(CelValue), slots);
            Expression chosen = Expression.Block(
                Helper(nameof(CelOps.NoSuchOverload), Expression.Constant(call.Function), list),
                Expression.Default(type));
            foreach (var overload in plan.Candidates.Reverse())
                chosen = Expression.Condition(Accepts(overload, slots), Apply(overload, slots), chosen);
            return Expression.Block(type, slots,
                slots.Select((slot, i) => Expression.Assign(slot, values[i])).Append(chosen));
        }

        Expression Apply(CelOverload overload, ParameterExpression[] slots)
        {
            var arguments = slots.Select((slot, i) => overload.HostTypes[i] == typeof(CelValue)
                ? slot
                : CelCoercion.Unbox(_state, slot, overload.HostTypes[i])).ToArray();
            var result = CelCoercion.Normalize(Invoke(overload, arguments));
            return result.Type == type ? result : CelCoercion.Box(result, overload.Result);
        }
    }

    private static Expression Accepts(CelOverload overload, ParameterExpression[] slots) => slots
        .Select((slot, i) => (Expression)Expression.Call(typeof(CelOps), nameof(CelOps.Accepts), null, slot,
            Expression.Constant(overload.Parameters[i].Kind)))
        .Aggregate(Expression.AndAlso);

    private CelCode EmitHost(CelCall call, CelCallPlan.Host plan)
    {
        var function = plan.Function;
        var types = function.Call.GetType().GetMethod("Invoke")!.GetParameters().Select(each =>
            each.ParameterType).ToArray();
        var first = plan.Receiver is null ? new CelCode(context, false) : EmitTyped(plan.Receiver);
        var arguments = plan.Literals.Count > 0
            ? plan.Literals.Select((each, i) => new CelCode(Expression.Constant(each, types[i + 1]), false))
                .ToArray()
            : plan.Arguments.Select((each, i) => EmitArgument(each, types[i + 1])).ToArray();
        CelCode[] operands = [first, .. arguments];
        var result = function.Call.GetType().GetMethod("Invoke")!.ReturnType;
        var shape = Read(call, Expression.Default(result), function.Name, optional: false);
        var code = Strict(operands, values => Read(call, function.Invoke(values), function.Name, false).Value,
            shape.HostType, shape.CanFail);
        return code;
    }

    private CelCode EmitArgument(CelNode node, Type wanted)
    {
        if (wanted == typeof(int))
            return Failable(node, [EmitAs(node, typeof(long))], values =>
                Helper(nameof(CelOps.ToInt32), values[0]), wanted);
        if (wanted == typeof(DateTimeOffset))
            return Convert(typeof(CelTimestamp), nameof(CelTimestamp.ToDateTimeOffset));
        if (wanted == typeof(TimeSpan))
            return Convert(typeof(CelDuration), nameof(CelDuration.ToTimeSpan));
        return EmitAs(node, wanted);

        CelCode Convert(Type from, string method)
        {
            var code = EmitAs(node, from);
            return new CelCode(Expression.Call(code.Value, method, null), code.CanFail);
        }
    }

    private CelCode EmitExtreme(CelCall call, CelCallPlan.Extreme plan)
    {
        var isList = plan.Arguments is [{ Type.Kind: CelTypeKind.List or CelTypeKind.Dyn }];
        var operands = plan.Arguments.Select(each => EmitAs(each, ExtremeType(call, isList))).ToArray();
        var name = plan.Greatest ? nameof(Math.Max) : nameof(Math.Min);
        if (!isList && call.Type.Kind is CelTypeKind.Decimal or CelTypeKind.Int or CelTypeKind.Uint)
            return Strict(operands, values =>
                values.Aggregate((a, b) => Expression.Call(typeof(Math), name, null, a, b)),
                operands[0].HostType, addsFailure: false);
        var greatest = Expression.Constant(plan.Greatest);
        return Failable(call, operands, values => isList
            ? Helper(nameof(CelOps.ExtremeOf), values[0], greatest)
            : Helper(nameof(CelOps.Extreme), Expression.NewArrayInit(typeof(CelValue), values), greatest),
                typeof(CelValue));
    }

    private CelCode EmitSum(CelCall call, CelCallPlan.Sum plan)
    {
        var zero = call.Type.Kind switch
        {
            CelTypeKind.Uint => CelValue.Of(0UL),
            CelTypeKind.Double => CelValue.Of(0.0),
            CelTypeKind.Decimal => CelValue.Of(0m),
            CelTypeKind.Duration => CelValue.Of(default(CelDuration)),
            _ => CelValue.Of(0L),
        };
        return Failable(call, [EmitAs(plan.List, typeof(CelValue))],
            values => Helper(nameof(CelOps.Sum), values[0], CelCode.Boxed(zero)), typeof(CelValue));
    }

    private static Type ExtremeType(CelCall call, bool isList) =>
        !isList && call.Type.Kind is CelTypeKind.Decimal or CelTypeKind.Int or CelTypeKind.Uint
            ? CelCoercion.HostType(call.Type)
            : typeof(CelValue);
}
