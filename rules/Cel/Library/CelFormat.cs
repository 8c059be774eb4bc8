using System.Globalization;
using System.Numerics;
using System.Text;

namespace MallVip.Rules.Cel;

/// <summary><c>"...".format([...])</c> with %s %d %f %e %b %o %x %X and %%.</summary>
internal static class CelFormat
{
    private const int DefaultPrecision = 6;
    private const int MaxPrecision = 100;

    [CelFunction("format", IsMember = true)]
    public static string Format(ref CelState state, string template, CelList values)
    {
        var result = new StringBuilder();
        var used = 0;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '%')
            {
                result.Append(template[i]);
                continue;
            }
            i++;
            if (i < template.Length && template[i] == '%')
            {
                result.Append('%');
                continue;
            }
            var precision = ReadPrecision(template, ref i);
            if (i >= template.Length || precision > MaxPrecision)
                return Bad(ref state, "a verb such as %s is not complete");
            if (used >= values.Count)
                return Bad(ref state, $"there are more verbs than the {values.Count} value(s)");
            var text = Verb(template[i], precision, values[used++]);
            if (text is null)
                return Bad(ref state, $"%{template[i]} does not take {values[used - 1].Type}");
            if (!state.Spend(CelState.StepsFor(text.Length)))
                return "";
            result.Append(text);
        }
        return state.Spend(CelState.StepsFor(template.Length)) ? result.ToString() : "";
    }

    private static int ReadPrecision(string template, ref int position)
    {
        if (position >= template.Length || template[position] != '.')
            return -1;
        var precision = 0;
        for (position++; position < template.Length && char.IsAsciiDigit(template[position]); position++)
            precision = Math.Min(MaxPrecision + 1, precision * 10 + (template[position] - '0'));
        return precision;
    }

    private static string? Verb(char verb, int precision, CelValue value) => verb switch
    {
        's' => CelText.Of(value),
        'd' => value.Kind is CelKind.Int or CelKind.Uint or CelKind.Decimal || IsNotFinite(value)
            ? CelText.OfScalar(value)
            : null,
        'f' or 'e' when IsNotFinite(value) => CelText.OfScalar(value),
        'f' => value.IsNumber ? Fixed(value, precision < 0 ? DefaultPrecision : precision) : null,
        'e' => value.IsNumber ? Scientific(value, precision < 0 ? DefaultPrecision : precision) : null,
        'b' when value.Kind == CelKind.Bool => value.AsBool ? "1" : "0",
        'b' => InBase(value, 1),
        'o' => InBase(value, 3),
        'x' => Hex(value),
        'X' => Hex(value)?.ToUpperInvariant(),
        _ => null,
    };

    private static bool IsNotFinite(CelValue value) =>
        value.Kind == CelKind.Double && !double.IsFinite(value.AsDouble);

    /// <summary>
    /// The exact value rounded half-even, so 2.5 gives 2 and 1.2345 (a little less) gives 1.234.
    /// </summary>
    private static string Fixed(CelValue value, int precision)
    {
        if (value.Kind != CelKind.Double)
        {
            var rounded =
                Math.Round(CelEquality.ToDecimal(value), Math.Min(precision, 28), MidpointRounding.ToEven);
            return rounded.ToString("F" + precision, CultureInfo.InvariantCulture);
        }
        var number = value.AsDouble;
        var scaled = Round(Math.Abs(number), precision);
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        var point = digits.Length - precision;
        var text = precision == 0 ? digits : $"{digits[..point]}.{digits[point..]}";
        return double.IsNegative(number) ? "-" + text : text;
    }

    /// <summary>The number times ten to the precision as a whole number, half-even.</summary>
    private static BigInteger Round(double number, int precision)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        var scaled = mantissa * BigInteger.Pow(10, precision);
        if (power >= 0)
            return scaled << power;
        var whole = scaled >> -power;
        var rest = scaled - (whole << -power);
        var half = rest.CompareTo(BigInteger.One << (-power - 1));
        return half > 0 || half == 0 && !whole.IsEven ? whole + 1 : whole;
    }

    private static string Scientific(CelValue value, int precision)
    {
        var text = CelEquality.ToDouble(value).ToString("e" + precision, CultureInfo.InvariantCulture);
        var mark = text.IndexOf('e');
        var exponent =
            int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{text[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}";
    }

    private static string? InBase(CelValue value, int bitsPerDigit)
    {
        if (value.Kind is not (CelKind.Int or CelKind.Uint))
            return null;
        var isNegative = value.Kind == CelKind.Int && value.AsInt < 0;
        var magnitude = isNegative ? unchecked((ulong)-value.AsInt) : value.AsUint;
        var digits = "";
        do
        {
            digits = (char)('0' + (int)(magnitude & ((1UL << bitsPerDigit) - 1))) + digits;
            magnitude >>= bitsPerDigit;
        }
        while (magnitude != 0);
        return isNegative ? "-" + digits : digits;
    }

    private static string? Hex(CelValue value) => value.Kind switch
    {
        CelKind.Int when value.AsInt < 0 =>
            "-" + unchecked((ulong)-value.AsInt).ToString("x", CultureInfo.InvariantCulture),
        CelKind.Int or CelKind.Uint => value.AsUint.ToString("x", CultureInfo.InvariantCulture),
        CelKind.String => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value.AsString)),
        CelKind.Bytes => Convert.ToHexStringLower(value.AsBytes),
        _ => null,
    };

    private static string Bad(ref CelState state, string problem)
    {
        state.Fail(CelCodes.BadArgument, "format", problem);
        return "";
    }
}
