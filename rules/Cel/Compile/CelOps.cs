namespace MallVip.Rules.Cel;

/// <summary>Operators on operands whose types are known only at run time.</summary>
internal static partial class CelOps
{
    public static CelValue Add(ref CelState state, CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => CelValue.Of(CelArithmetic.Add(ref state, a.AsInt, b.AsInt)),
        (CelKind.Uint, CelKind.Uint) => CelValue.Of(CelArithmetic.Add(ref state, a.AsUint, b.AsUint)),
        (CelKind.Double, CelKind.Double) => CelValue.Of(a.AsDouble + b.AsDouble),
        (CelKind.String, CelKind.String) => CelValue.Of(CelConcat.Add(ref state, a.AsString, b.AsString)),
        (CelKind.Bytes, CelKind.Bytes) => CelValue.Of(CelConcat.Add(ref state, a.AsBytes, b.AsBytes)),
        (CelKind.List, CelKind.List) => CelConcat.AddLists(ref state, a.AsList, b.AsList),
        (CelKind.Timestamp, CelKind.Duration) =>
            CelValue.Of(CelConcat.Add(ref state, a.AsTimestamp, b.AsDuration)),
        (CelKind.Duration, CelKind.Timestamp) =>
            CelValue.Of(CelConcat.Add(ref state, a.AsDuration, b.AsTimestamp)),
        (CelKind.Duration, CelKind.Duration) =>
            CelValue.Of(CelConcat.Add(ref state, a.AsDuration, b.AsDuration)),
        _ when AreDecimal(a, b) => CelValue.Of(CelArithmetic.Add(ref state, Decimal(a), Decimal(b))),
        _ => NoOverload(ref state, "+", a, b),
    };

    public static CelValue Subtract(ref CelState state, CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => CelValue.Of(CelArithmetic.Subtract(ref state, a.AsInt, b.AsInt)),
        (CelKind.Uint, CelKind.Uint) => CelValue.Of(CelArithmetic.Subtract(ref state, a.AsUint, b.AsUint)),
        (CelKind.Double, CelKind.Double) => CelValue.Of(a.AsDouble - b.AsDouble),
        (CelKind.Timestamp, CelKind.Duration) =>
            CelValue.Of(CelConcat.Subtract(ref state, a.AsTimestamp, b.AsDuration)),
        (CelKind.Timestamp, CelKind.Timestamp) =>
            CelValue.Of(CelConcat.Subtract(ref state, a.AsTimestamp, b.AsTimestamp)),
        (CelKind.Duration, CelKind.Duration) =>
            CelValue.Of(CelConcat.Subtract(ref state, a.AsDuration, b.AsDuration)),
        _ when AreDecimal(a, b) => CelValue.Of(CelArithmetic.Subtract(ref state, Decimal(a), Decimal(b))),
        _ => NoOverload(ref state, "-", a, b),
    };

    public static CelValue Multiply(ref CelState state, CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => CelValue.Of(CelArithmetic.Multiply(ref state, a.AsInt, b.AsInt)),
        (CelKind.Uint, CelKind.Uint) => CelValue.Of(CelArithmetic.Multiply(ref state, a.AsUint, b.AsUint)),
        (CelKind.Double, CelKind.Double) => CelValue.Of(a.AsDouble * b.AsDouble),
        _ when AreDecimal(a, b) => CelValue.Of(CelArithmetic.Multiply(ref state, Decimal(a), Decimal(b))),
        _ => NoOverload(ref state, "*", a, b),
    };

    public static CelValue Divide(ref CelState state, CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => CelValue.Of(CelArithmetic.Divide(ref state, a.AsInt, b.AsInt)),
        (CelKind.Uint, CelKind.Uint) => CelValue.Of(CelArithmetic.Divide(ref state, a.AsUint, b.AsUint)),
        (CelKind.Double, CelKind.Double) => CelValue.Of(a.AsDouble / b.AsDouble),
        _ when AreDecimal(a, b) => CelValue.Of(CelArithmetic.Divide(ref state, Decimal(a), Decimal(b))),
        _ => NoOverload(ref state, "/", a, b),
    };

    public static CelValue Modulo(ref CelState state, CelValue a, CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => CelValue.Of(CelArithmetic.Modulo(ref state, a.AsInt, b.AsInt)),
        (CelKind.Uint, CelKind.Uint) => CelValue.Of(CelArithmetic.Modulo(ref state, a.AsUint, b.AsUint)),
        _ when AreDecimal(a, b) => CelValue.Of(CelArithmetic.Modulo(ref state, Decimal(a), Decimal(b))),
        _ => NoOverload(ref state, "%", a, b),
    };

    public static CelValue Negate(ref CelState state, CelValue a) => a.Kind switch
    {
        CelKind.Int => CelValue.Of(CelArithmetic.Negate(ref state, a.AsInt)),
        CelKind.Double => CelValue.Of(-a.AsDouble),
        CelKind.Decimal => CelValue.Of(-a.AsDecimal),
        _ => NoOverload(ref state, "-", a),
    };

    internal static CelValue NoOverload(ref CelState state, string function,
        params ReadOnlySpan<CelValue> args)
    {
        var kinds = string.Join(", ", args.ToArray().Select(arg => arg.Type.ToString()));
        state.Fail(CelCodes.NoOverload, function, kinds);
        return default;
    }

    /// <summary>One side is a decimal, the other converts exactly.</summary>
    private static bool AreDecimal(CelValue a, CelValue b) =>
        (a.Kind == CelKind.Decimal || b.Kind == CelKind.Decimal)
        && a.IsNumber && b.IsNumber && a.Kind != CelKind.Double && b.Kind != CelKind.Double;

    private static decimal Decimal(CelValue value) => CelEquality.ToDecimal(value);
}
