namespace MallVip.Rules.Cel;

/// <summary>
/// Arithmetic on operands whose types are known; int, uint and time fail instead of wrapping.
/// </summary>
internal static class CelArithmetic
{
    private const int ExceptionSteps = 1_000;

    public static long Add(ref CelState state, long a, long b)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? Overflow<long>(ref state, "+") : sum;
    }

    public static ulong Add(ref CelState state, ulong a, ulong b)
    {
        var sum = unchecked(a + b);
        return sum < a ? Overflow<ulong>(ref state, "+") : sum;
    }

    public static decimal Add(ref CelState state, decimal a, decimal b)
    {
        try
        {
            return a + b;
        }
        catch (OverflowException)
        {
            return CostlyOverflow(ref state, "+");
        }
    }

    public static long Subtract(ref CelState state, long a, long b)
    {
        var difference = unchecked(a - b);
        return ((a ^ b) & (a ^ difference)) < 0 ? Overflow<long>(ref state, "-") : difference;
    }

    public static ulong Subtract(ref CelState state, ulong a, ulong b) =>
        a < b ? Overflow<ulong>(ref state, "-") : a - b;

    public static decimal Subtract(ref CelState state, decimal a, decimal b) => Add(ref state, a, -b);

    public static long Multiply(ref CelState state, long a, long b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high != low >> 63 ? Overflow<long>(ref state, "*") : low;
    }

    public static ulong Multiply(ref CelState state, ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high != 0 ? Overflow<ulong>(ref state, "*") : low;
    }

    public static decimal Multiply(ref CelState state, decimal a, decimal b)
    {
        try
        {
            return a * b;
        }
        catch (OverflowException)
        {
            return CostlyOverflow(ref state, "*");
        }
    }

    public static long Divide(ref CelState state, long a, long b)
    {
        if (b == 0)
            return ByZero<long>(ref state);
        return a == long.MinValue && b == -1 ? Overflow<long>(ref state, "/") : a / b;
    }

    public static ulong Divide(ref CelState state, ulong a, ulong b) =>
        b == 0 ? ByZero<ulong>(ref state) : a / b;

    public static decimal Divide(ref CelState state, decimal a, decimal b)
    {
        if (b == 0)
            return ByZero<decimal>(ref state);
        try
        {
            return CelDecimal.Divide(a, b);
        }
        catch (OverflowException)
        {
            return CostlyOverflow(ref state, "/");
        }
    }

    public static long Modulo(ref CelState state, long a, long b)
    {
        if (b == 0)
            return ByZero<long>(ref state);
        return b == -1 ? 0 : a % b;
    }

    public static ulong Modulo(ref CelState state, ulong a, ulong b) =>
        b == 0 ? ByZero<ulong>(ref state) : a % b;

    public static decimal Modulo(ref CelState state, decimal a, decimal b)
    {
        if (b == 0)
            return ByZero<decimal>(ref state);
        try
        {
            return a % b;
        }
        catch (OverflowException)
        {
            return CostlyOverflow(ref state, "%");
        }
    }

    public static long Negate(ref CelState state, long a) =>
        a == long.MinValue ? Overflow<long>(ref state, "-") : -a;

    internal static T Overflow<T>(ref CelState state, string operation)
        where T : struct
    {
        state.Fail(CelCodes.Overflow, operation);
        return default;
    }

    /// <summary>An exception costs microseconds, so it is paid for from the budget.</summary>
    internal static decimal CostlyOverflow(ref CelState state, string operation)
    {
        state.Spend(ExceptionSteps);
        return Overflow<decimal>(ref state, operation);
    }

    private static T ByZero<T>(ref CelState state)
        where T : struct
    {
        state.Fail(CelCodes.DivideByZero);
        return default;
    }
}
