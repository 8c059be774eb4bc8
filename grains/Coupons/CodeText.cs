namespace MallVip.Grains.Coupons;

/// <summary>Codes that members show: 80 bits that only the server's key can make, as 16 letters and digits
/// (Crockford's base 32, https://www.crockford.com/base32.html).</summary>
public static class CodeText
{
    /// <summary>Letters and digits of a code.</summary>
    public const int Length = 16;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A code as it is made, however it was typed; null: it is none of ours.</summary>
    public static string? Normal(string text)
    {
        Span<char> code = stackalloc char[Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter is '-' or ' ')
                continue;
            var digit = char.ToUpperInvariant(letter) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (length == Length || !Digits.Contains(digit, StringComparison.Ordinal))
                return null;
            code[length++] = digit;
        }

        return length == Length ? code.ToString() : null;
    }

    /// <summary>The highest 80 bits as a code.</summary>
    public static string Of(UInt128 bits) => string.Create(Length, bits, static (text, bits) =>
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = Digits[(int)((bits >> (123 - (5 * i))) & 31)];
    });
}
