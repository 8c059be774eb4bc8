namespace MallVip.Rules.Cel;

/// <summary>
/// math.bit*: shifts by 64 or more give 0, shifts by less than 0 fail; right shifts of ints are logical.
/// </summary>
internal static class CelMathBits
{
    private const int Width = 64;

    [CelFunction("math.bitAnd")]
    public static long And(long a, long b) => a & b;

    [CelFunction("math.bitAnd")]
    public static ulong And(ulong a, ulong b) => a & b;

    [CelFunction("math.bitOr")]
    public static long Or(long a, long b) => a | b;

    [CelFunction("math.bitOr")]
    public static ulong Or(ulong a, ulong b) => a | b;

    [CelFunction("math.bitXor")]
    public static long Xor(long a, long b) => a ^ b;

    [CelFunction("math.bitXor")]
    public static ulong Xor(ulong a, ulong b) => a ^ b;

    [CelFunction("math.bitNot")]
    public static long Not(long a) => ~a;

    [CelFunction("math.bitNot")]
    public static ulong Not(ulong a) => ~a;

    [CelFunction("math.bitShiftLeft")]
    public static long ShiftLeft(ref CelState state, long a, long by) =>
        IsShift(ref state, by) && by < Width ? a << (int)by : 0;

    [CelFunction("math.bitShiftLeft")]
    public static ulong ShiftLeft(ref CelState state, ulong a, long by) =>
        IsShift(ref state, by) && by < Width ? a << (int)by : 0;

    [CelFunction("math.bitShiftRight")]
    public static long ShiftRight(ref CelState state, long a, long by) =>
        IsShift(ref state, by) && by < Width ? a >>> (int)by : 0;

    [CelFunction("math.bitShiftRight")]
    public static ulong ShiftRight(ref CelState state, ulong a, long by) =>
        IsShift(ref state, by) && by < Width ? a >> (int)by : 0;

    private static bool IsShift(ref CelState state, long by)
    {
        if (by >= 0)
            return true;
        state.Fail(CelCodes.BadArgument, "shift", "the number of bits is negative");
        return false;
    }
}
