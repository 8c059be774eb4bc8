using System.Globalization;

namespace MallVip.Silo.Import.Values;

/// <summary>
/// Decimals that are never rounded silently: .NET's decimal holds 28 digits and rounds what is beyond, so
/// texts and sums that do not fit are refused instead.
/// </summary>
internal static class ExactNumber
{
    public static decimal Read(string text, string column, EvaluationScope scope)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            scope.Fail(RejectCodes.BadNumber, $"Column '{column}' holds '{text}', which is not a number.");
        else if (!IsKept(text, number))
            scope.Fail(RejectCodes.Inexact, $"Column '{column}' holds '{text}', which has too many digits.");
        return number;
    }

    public static long ReadWhole(string text, string column, EvaluationScope scope)
    {
        var number = Read(text, column, scope);
        if (decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue)
            return (long)number;
        scope.Fail(RejectCodes.BadNumber, $"Column '{column}' holds '{text}', which is not a whole number.");
        return 0;
    }

    public static decimal Add(decimal a, decimal b, string column, EvaluationScope scope)
    {
        try
        {
            var sum = a + b;
            // A sum that had to be rounded has lost scale.
            if (sum.Scale == Math.Max(a.Scale, b.Scale))
                return sum;
        }
        catch (OverflowException)
        {
            // Reported below like any other sum that cannot be kept.
        }
        scope.Fail(RejectCodes.Inexact, $"The sum of column '{column}' has too many digits to be exact.");
        return 0;
    }

    public static string ToText(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    // Digits behind the point, less the exponent, must all have survived as scale.
    private static bool IsKept(string text, decimal number)
    {
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? text.AsSpan() : text.AsSpan(0, exponentAt);
        if (!TryExponent(exponentAt < 0 ? "0" : text.AsSpan(exponentAt + 1), out var exponent))
            return false;
        mantissa = mantissa.Trim();
        var point = mantissa.IndexOf('.');
        if (point >= 0)
            mantissa = mantissa.TrimEnd('0');
        var behind = point < 0 ? 0 : mantissa.Length - point - 1;
        return number == 0 ? IsZero(mantissa) : behind - exponent <= number.Scale;
    }

    private static bool TryExponent(ReadOnlySpan<char> text, out int exponent) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out exponent) && exponent is > -1_000 and < 1_000;

    private static bool IsZero(ReadOnlySpan<char> mantissa) => mantissa.IndexOfAnyInRange('1', '9') < 0;
}
