using MallVip.Rules.Checking;

namespace MallVip.Rules.Identities;

/// <summary>
/// Phone numbers in E.164 (ITU-T E.164: + and at most 15 digits). A mainland mobile number may come without
/// country code, with 86, 0086 or the 0 of trunk calls before it; all others, Hong Kong's and Macau's too,
/// need + or 00 and their country code, since 8 digits alone may be either's.
/// </summary>
internal static class PhoneText
{
    private const int Most = 20;
    private const int MainlandMobile = 11;

    public static Sentence? Normalise(ref string value)
    {
        Span<char> digits = stackalloc char[Most];
        var (length, plus) = (0, false);
        foreach (var written in value)
        {
            var c = Handwriting.Narrow(written);
            if (Handwriting.IsNothing(c) || Handwriting.IsSeparator(c))
                continue;
            if (c == '+' && length == 0 && !plus)
            {
                plus = true;
                continue;
            }

            if (!char.IsAsciiDigit(c) || length == Most)
                return "A phone number has digits, spaces and hyphens and starts with + and a country code.";
            digits[length++] = c;
        }

        return Read(digits[..length], plus) is { } number
            ? Take(ref value, number)
            : "A phone number is + and 7 to 15 digits, or an 11-digit mainland mobile number.";
    }

    private static string? Read(ReadOnlySpan<char> digits, bool plus)
    {
        if (plus)
            return International(digits);
        if (IsMobile(digits))
            return $"+86{digits}";
        if (digits is ['8', '6', ..] && IsMobile(digits[2..]))
            return $"+{digits}";
        return digits switch
        {
            ['0', '0', ..] => International(digits[2..]),
            ['0', ..] when IsMobile(digits[1..]) => $"+86{digits[1..]}",
            _ => null,
        };
    }

    private static bool IsMobile(ReadOnlySpan<char> digits) =>
        digits.Length == MainlandMobile && digits[0] == '1';

    private static string? International(ReadOnlySpan<char> digits) =>
        digits.Length is >= 7 and <= 15 && digits[0] != '0' ? $"+{digits}" : null;

    private static Sentence? Take(ref string value, string number)
    {
        value = number;
        return null;
    }
}
