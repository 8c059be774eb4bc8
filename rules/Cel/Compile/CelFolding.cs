namespace MallVip.Rules.Cel;

/// <summary>Constants to and from the arguments of a library call made at compile time.</summary>
internal static class CelFolding
{
    public static object? Unbox(CelValue value, Type hostType)
    {
        if (hostType == typeof(CelValue))
            return value;
        if (hostType == typeof(decimal))
            return CelEquality.ToDecimal(value);
        return value.Kind switch
        {
            CelKind.Bool => value.AsBool,
            CelKind.Int => value.AsInt,
            CelKind.Uint => value.AsUint,
            CelKind.Double => value.AsDouble,
            CelKind.String => value.AsString,
            CelKind.Bytes => value.AsBytes,
            CelKind.Timestamp => value.AsTimestamp,
            CelKind.Duration => value.AsDuration,
            CelKind.List => value.AsList,
            CelKind.Map => value.AsMap,
            CelKind.Type => value.AsType,
            _ => throw new InvalidOperationException($"{value.Kind} is no argument"),
        };
    }

    /// <summary>The value of literals under binary operators; null for anything else.</summary>
    public static CelValue? Known(CelNode node) => node switch
    {
        CelLiteral literal => literal.Value,
        CelListNode list when list.Items.All(item => item is CelLiteral) =>
            CelList.FromArray([.. list.Items.Select(item => ((CelLiteral)item).Value)]),
        CelCall { Target: null, Arguments: [var left, var right] } call when IsBinary(call.Function) =>
            Known(left) is { } a && Known(right) is { } b ? Binary(call.Function, a, b) : null,
        _ => null,
    };

    private static bool IsBinary(string function) =>
        CelOperators.Symbol(function) is not (null or "&&" or "||" or "==" or "!=");

    /// <summary>An operator on two constants; null when it fails, which is left to the evaluation.</summary>
    private static CelValue? Binary(string function, CelValue left, CelValue right)
    {
        var state = new CelState { Budget = CelOptions.Default.Budget };
        var value = function switch
        {
            CelOperators.Add => CelOps.Add(ref state, left, right),
            CelOperators.Subtract => CelOps.Subtract(ref state, left, right),
            CelOperators.Multiply => CelOps.Multiply(ref state, left, right),
            CelOperators.Divide => CelOps.Divide(ref state, left, right),
            CelOperators.Modulo => CelOps.Modulo(ref state, left, right),
            CelOperators.Less => CelValue.Of(CelOps.Less(ref state, left, right)),
            CelOperators.LessOrEqual => CelValue.Of(CelOps.LessOrEqual(ref state, left, right)),
            CelOperators.Greater => CelValue.Of(CelOps.Greater(ref state, left, right)),
            CelOperators.GreaterOrEqual => CelValue.Of(CelOps.GreaterOrEqual(ref state, left, right)),
            CelOperators.In => CelValue.Of(CelOps.In(ref state, left, right)),
            CelOperators.Index => CelOps.Index(ref state, left, right),
            _ => throw new InvalidOperationException($"'{function}' has not two operands"),
        };
        return state.Error is null ? value : null;
    }

    public static CelValue Box(object value) => value switch
    {
        CelValue boxed => boxed,
        bool known => CelValue.Of(known),
        long known => CelValue.Of(known),
        ulong known => CelValue.Of(known),
        double known => CelValue.Of(known),
        decimal known => CelValue.Of(known),
        string known => CelValue.Of(known),
        byte[] known => CelValue.Of(known),
        CelTimestamp known => CelValue.Of(known),
        CelDuration known => CelValue.Of(known),
        CelList known => CelValue.Of(known),
        CelMap known => CelValue.Of(known),
        CelType known => CelValue.Of(known),
        _ => throw new InvalidOperationException($"{value.GetType()} is no result"),
    };
}
