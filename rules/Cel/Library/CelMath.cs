namespace MallVip.Rules.Cel;

/// <summary>
/// math.* on numbers. math.greatest and math.least take any number of arguments: see the checker.
/// </summary>
internal static class CelMath
{
    [CelFunction("math.ceil")]
    public static double Ceil(double value) => Math.Ceiling(value);

    [CelFunction("math.ceil"), CelFunction("ceil")]
    public static decimal Ceil(decimal value) => decimal.Ceiling(value);

    [CelFunction("math.floor")]
    public static double Floor(double value) => Math.Floor(value);

    [CelFunction("math.floor"), CelFunction("floor")]
    public static decimal Floor(decimal value) => decimal.Floor(value);

    /// <summary>Half away from zero.</summary>
    [CelFunction("math.round")]
    public static double Round(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    [CelFunction("math.round"), CelFunction("round")]
    public static decimal Round(decimal value) => Math.Round(value, MidpointRounding.AwayFromZero);

    [CelFunction("math.trunc")]
    public static double Trunc(double value) => Math.Truncate(value);

    [CelFunction("math.trunc"), CelFunction("trunc")]
    public static decimal Trunc(decimal value) => decimal.Truncate(value);

    [CelFunction("math.abs")]
    public static long Abs(ref CelState state, long value) =>
        value < 0 ? CelArithmetic.Negate(ref state, value) : value;

    [CelFunction("math.abs")]
    public static ulong Abs(ulong value) => value;

    [CelFunction("math.abs")]
    public static double Abs(double value) => Math.Abs(value);

    [CelFunction("math.abs"), CelFunction("abs")]
    public static decimal Abs(decimal value) => Math.Abs(value);

    [CelFunction("math.sign")]
    public static long Sign(long value) => Math.Sign(value);

    [CelFunction("math.sign")]
    public static ulong Sign(ulong value) => value == 0 ? 0UL : 1UL;

    [CelFunction("math.sign")]
    public static double Sign(double value) => double.IsNaN(value) || value == 0 ? value : Math.Sign(value);

    [CelFunction("math.sign")]
    public static decimal Sign(decimal value) => Math.Sign(value);

    [CelFunction("math.isNaN")]
    public static bool IsNaN(double value) => double.IsNaN(value);

    [CelFunction("math.isInf")]
    public static bool IsInf(double value) => double.IsInfinity(value);

    [CelFunction("math.isFinite")]
    public static bool IsFinite(double value) => double.IsFinite(value);

    [CelFunction("math.sqrt")]
    public static double Sqrt(double value) => Math.Sqrt(value);

    [CelFunction("math.sqrt")]
    public static double Sqrt(long value) => Math.Sqrt(value);

    [CelFunction("math.sqrt")]
    public static double Sqrt(ulong value) => Math.Sqrt(value);
}
