namespace MallVip.Rules.Cel;

/// <summary>What calls need at run time.</summary>
internal static partial class CelOps
{
    public static CelValue TypeOf(CelValue value) => CelValue.Of(value.Type);

    public static int ToInt32(ref CelState state, long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
            return (int)value;
        state.Fail(CelCodes.OutOfRange, $"{value}");
        return 0;
    }

    public static void NoSuchOverload(ref CelState state, string function, CelValue[] args) =>
        NoOverload(ref state, function, args);

    public static bool Accepts(CelValue value, CelTypeKind wanted) => wanted switch
    {
        CelTypeKind.Dyn => true,
        _ => value.Type.Kind == wanted,
    };

    /// <summary>An empty list sums to <paramref name="zero"/>, any other to the sum of its items.</summary>
    public static CelValue Sum(ref CelState state, CelValue argument, CelValue zero)
    {
        if (argument.Kind != CelKind.List)
            return NoOverload(ref state, "sum", argument);
        var list = argument.AsList;
        var total = list.Count == 0 ? zero : list[0];
        if (!total.IsNumber && total.Kind != CelKind.Duration)
            return NoOverload(ref state, "sum", total);
        for (var i = 1; i < list.Count && state.Error is null && state.Spend(1); i++)
            total = Add(ref state, total, list[i]);
        return total;
    }

    public static CelValue Extreme(ref CelState state, CelValue[] values, bool greatest) =>
        ExtremeOf(ref state, CelList.FromArray(values), greatest);

    /// <summary>The first of the greatest or least; a single number is its own extreme.</summary>
    public static CelValue ExtremeOf(ref CelState state, CelValue argument, bool greatest)
    {
        var name = greatest ? "math.greatest" : "math.least";
        if (argument.IsNumber)
            return argument;
        if (argument.Kind != CelKind.List || argument.AsList.Count == 0
            || !state.Spend(argument.AsList.Count))
            return NoOverload(ref state, name, argument);
        var list = argument.AsList;
        var best = list[0];
        for (var i = 0; i < list.Count; i++)
        {
            if (!list[i].IsNumber)
                return NoOverload(ref state, name, list[i]);
            var order = CelEquality.CompareNumbers(list[i], best);
            if (greatest ? order > 0 : order < 0)
                best = list[i];
        }
        return best;
    }
}
