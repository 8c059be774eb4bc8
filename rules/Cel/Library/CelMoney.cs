using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>The decimal extension: conversion, division and rounding with a stated scale.</summary>
internal static class CelMoney
{
    private const int MaxScale = 28;

    [CelFunction("decimal")]
    public static decimal ToDecimal(decimal value) => value;

    [CelFunction("decimal")]
    public static decimal ToDecimal(long value) => value;

    [CelFunction("decimal")]
    public static decimal ToDecimal(ulong value) => value;

    /// <summary>Digits with an optional sign, point and exponent; trailing zeros are kept.</summary>
    [CelFunction("decimal")]
    public static decimal ToDecimal(ref CelState state, string text) => TryParse(text, out var value)
        ? value
        : CelConversions.Bad<decimal>(ref state, text, "decimal");

    /// <summary>x / y rounded once from the exact quotient; mode as in <see cref="Modes"/>.</summary>
    [CelFunction("div")]
    public static decimal Div(ref CelState state, decimal x, decimal y, long scale, string mode)
    {
        if (!AreRounding(ref state, "div", scale, mode, out var rounding))
            return 0;
        if (y == 0)
            return CelArithmetic.Divide(ref state, x, y);
        try
        {
            return CelDecimal.DivideRounded(x, y, (int)scale, rounding);
        }
        catch (OverflowException)
        {
            return CelArithmetic.CostlyOverflow(ref state, "div");
        }
    }

    /// <summary>Half away from zero at <paramref name="scale"/> decimals.</summary>
    [CelFunction("round"), CelFunction("math.round")]
    public static decimal Round(ref CelState state, decimal value, long scale) =>
        Round(ref state, value, scale, "half-up");

    [CelFunction("round"), CelFunction("math.round")]
    public static decimal Round(ref CelState state, decimal value, long scale, string mode) =>
        AreRounding(ref state, "round", scale, mode, out var rounding)
            ? CelDecimal.Round(value, (int)scale, rounding)
            : 0;

    internal static bool TryParse(string text, out decimal value) => decimal.TryParse(
        text,
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture,
        out value);

    private static CelRounding? Modes(string mode) => mode switch
    {
        "half-even" => CelRounding.HalfEven,
        "half-up" => CelRounding.HalfUp,
        "down" => CelRounding.Down,
        "up" => CelRounding.Up,
        "floor" => CelRounding.Floor,
        "ceil" => CelRounding.Ceil,
        _ => null,
    };

    private static bool AreRounding(
        ref CelState state, string function, long scale, string mode, out CelRounding rounding)
    {
        rounding = Modes(mode) ?? CelRounding.HalfEven;
        if (scale is < 0 or > MaxScale)
            state.Fail(CelCodes.BadArgument, function, $"the scale {scale} is not from 0 to {MaxScale}");
        else if (Modes(mode) is null)
            state.Fail(CelCodes.BadArgument, function,
                $"'{mode}' is not half-even, half-up, down, up, floor or ceil");
        return state.Error is null;
    }
}
