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

    public static CelValue Extreme(ref CelState state, CelValue[] values, bool greatest) =>
        ExtremeOf(ref state, CelList.FromArray(values), greatest);

    /// <summary>The first of the greatest or least; a single number is its own extreme.</summary>
    public static CelValue ExtremeOf(ref CelState state, CelValue argument, bool greatest)
    {
        var name = greatest ? "math.greatest" : "math.least";
        if (argument.IsNumber)
            return argument;
        if (argument.Kind != CelKind.List || argument.AsList.Count == 0 || !state.Spend(argument.AsList.Count))
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
