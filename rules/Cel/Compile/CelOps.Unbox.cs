namespace MallVip.Rules.Cel;

/// <summary>Run-time values into the types that compiled code wants; another kind is an error.</summary>
internal static partial class CelOps
{
    public static bool ToBool(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Bool ? value.AsBool : Unfit<bool>(ref state, value, CelType.Bool);

    public static long ToInt(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Int ? value.AsInt : Unfit<long>(ref state, value, CelType.Int);

    public static ulong ToUint(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Uint ? value.AsUint : Unfit<ulong>(ref state, value, CelType.Uint);

    public static double ToDouble(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Double ? value.AsDouble : Unfit<double>(ref state, value, CelType.Double);

    public static decimal ToDecimal(ref CelState state, CelValue value) =>
        value.IsNumber && value.Kind != CelKind.Double
            ? CelEquality.ToDecimal(value)
            : Unfit<decimal>(ref state, value, CelType.Decimal);

    public static string ToText(ref CelState state, CelValue value) =>
        value.Kind == CelKind.String ? value.AsString : Unfit<string>(ref state, value, CelType.String);

    public static byte[] ToBytes(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Bytes ? value.AsBytes : Unfit<byte[]>(ref state, value, CelType.Bytes);

    public static CelTimestamp ToTimestamp(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Timestamp
            ? value.AsTimestamp
            : Unfit<CelTimestamp>(ref state, value, CelType.Timestamp);

    public static CelDuration ToDuration(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Duration ? value.AsDuration
            : Unfit<CelDuration>(ref state, value, CelType.Duration);

    public static CelList ToList(ref CelState state, CelValue value) =>
        value.Kind == CelKind.List ? value.AsList : Unfit<CelList>(ref state, value, CelType.AnyList);

    public static CelMap ToMap(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Map ? value.AsMap : Unfit<CelMap>(ref state, value, CelType.AnyMap);

    public static CelType ToType(ref CelState state, CelValue value) =>
        value.Kind == CelKind.Type ? value.AsType : Unfit<CelType>(ref state, value, CelType.Type);

    public static T ToObject<T>(ref CelState state, CelValue value)
        where T : class
    {
        if (value.Kind is CelKind.Object or CelKind.Opaque && value.AsObject is T record)
            return record;
        return Unfit<T>(ref state, value, CelType.Dyn);
    }

    /// <summary>An error that a host function returned becomes the evaluation's error.</summary>
    public static CelValue Settle(ref CelState state, CelValue value)
    {
        if (value.IsError)
            state.Fail(value.AsError);
        return value;
    }

    private static T Unfit<T>(ref CelState state, CelValue value, CelType wanted)
    {
        state.Fail(CelCodes.BadConversion, value.Type.ToString(), wanted.ToString());
        return default!;
    }
}
