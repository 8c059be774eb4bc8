using System.Numerics;

namespace MallVip.Rules.Cel;

/// <summary>Decimal division and rounding as MallVip states them.</summary>
internal static class CelDecimal
{
    /// <summary>Decimals kept where a quotient does not end.</summary>
    public const int InexactScale = 12;

    private const int MaxScale = 28;
    private const decimal HalfOfLastDigit = 0.000_000_000_000_5m;

    /// <summary>
    /// Exact where 28 digits hold it, otherwise half-even at 12 decimals. The divisor is not zero.
    /// </summary>
    public static decimal Divide(decimal a, decimal b)
    {
        var quotient = a / b;
        if (IsExact(quotient, a, b) || quotient.Scale <= InexactScale)
            return quotient;
        var kept = Math.Round(quotient, InexactScale, MidpointRounding.ToZero);
        var looksLikeTie = Math.Abs(quotient - kept) == HalfOfLastDigit;
        return looksLikeTie
            ? DivideRounded(a, b, InexactScale, CelRounding.HalfEven)
            : Math.Round(quotient, InexactScale, MidpointRounding.ToEven);
    }

    /// <summary>The exact quotient rounded once, to <paramref name="scale"/> decimals.</summary>
    public static decimal DivideRounded(decimal a, decimal b, int scale, CelRounding rounding)
    {
        var (numerator, denominator) = (Mantissa(a), Mantissa(b));
        var shift = b.Scale - a.Scale + scale;
        if (shift >= 0)
            numerator *= BigInteger.Pow(10, shift);
        else
            denominator *= BigInteger.Pow(10, -shift);
        return FromMantissa(RoundedQuotient(numerator, denominator, rounding), scale);
    }

    public static decimal Round(decimal value, int scale, CelRounding rounding) => value.Scale <= scale
        ? value
        : rounding switch
        {
            CelRounding.HalfEven => Math.Round(value, scale, MidpointRounding.ToEven),
            CelRounding.HalfUp => Math.Round(value, scale, MidpointRounding.AwayFromZero),
            CelRounding.Down => Math.Round(value, scale, MidpointRounding.ToZero),
            CelRounding.Floor => Math.Round(value, scale, MidpointRounding.ToNegativeInfinity),
            CelRounding.Ceil => Math.Round(value, scale, MidpointRounding.ToPositiveInfinity),
            CelRounding.Up when value < 0 => Math.Round(value, scale, MidpointRounding.ToNegativeInfinity),
            CelRounding.Up => Math.Round(value, scale, MidpointRounding.ToPositiveInfinity),
            _ => throw new InvalidOperationException($"unknown rounding {rounding}"),
        };

    /// <summary>
    /// A product that kept all its decimals was not rounded, so it can be compared; what differs in its last
    /// 64 bits differs; else by big integers.
    /// </summary>
    private static bool IsExact(decimal quotient, decimal a, decimal b)
    {
        if (quotient.Scale + b.Scale <= MaxScale)
        {
            var product = quotient * b;
            if (product.Scale == quotient.Scale + b.Scale)
                return product == a;
        }

        var shift = quotient.Scale + b.Scale - a.Scale;
        var lowLeft = unchecked(LowBits(quotient) * LowBits(b) * LowBitsOfTenTo(-shift));
        if (lowLeft != unchecked(LowBits(a) * LowBitsOfTenTo(shift)))
            return false;
        var (left, right) = (Mantissa(quotient) * Mantissa(b), Mantissa(a));
        return shift >= 0 ? left == right * BigInteger.Pow(10, shift)
            : left * BigInteger.Pow(10, -shift) == right;
    }

    private static BigInteger RoundedQuotient(BigInteger numerator, BigInteger denominator,
        CelRounding rounding)
    {
        var sign = numerator.Sign * denominator.Sign;
        var whole = BigInteger.DivRem(BigInteger.Abs(numerator), BigInteger.Abs(denominator), out var rest);
        var half = (rest * 2).CompareTo(BigInteger.Abs(denominator));
        var awayFromZero = !rest.IsZero && rounding switch
        {
            CelRounding.HalfEven => half > 0 || half == 0 && !whole.IsEven,
            CelRounding.HalfUp => half >= 0,
            CelRounding.Up => true,
            CelRounding.Floor => sign < 0,
            CelRounding.Ceil => sign > 0,
            _ => false,
        };
        return (awayFromZero ? whole + 1 : whole) * sign;
    }

    private static ulong LowBits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
    }

    /// <summary>1 for exponents below 1.</summary>
    private static ulong LowBitsOfTenTo(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
            power = unchecked(power * 10);
        return power;
    }

    private static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude =
            unchecked(((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0]);
        return value < 0 ? -magnitude : magnitude;
    }

    private static decimal FromMantissa(BigInteger mantissa, int scale)
    {
        while (scale > 0 && mantissa % 10 == 0)
            (mantissa, scale) = (mantissa / 10, scale - 1);
        var magnitude = BigInteger.Abs(mantissa);
        if (magnitude >> 96 != 0)
            throw new OverflowException();
        var low = unchecked((int)(uint)(magnitude & uint.MaxValue));
        var middle = unchecked((int)(uint)((magnitude >> 32) & uint.MaxValue));
        var high = unchecked((int)(uint)(magnitude >> 64));
        return new decimal(low, middle, high, mantissa.Sign < 0, (byte)scale);
    }
}
