using System.Diagnostics.CodeAnalysis;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Identities;

/// <summary>
/// An identity as people write it, <c>kind:value</c>, normalised so that one thing has one form. It is
/// personal data: it goes to the person table and into a pseudonym, nowhere else.
/// </summary>
/// <param name="Kind">phone, card, plate, wechat, unionid, device, email or member.</param>
/// <param name="Value">Phones in E.164, plates in capitals, others as they are.</param>
public readonly record struct IdentityText(string Kind, string Value)
{
    /// <summary>A member's own id instead of an identity.</summary>
    public const string Member = "member";

    private const int LongestValue = 128;

    public override string ToString() => $"{Kind}:{Value}";

    /// <summary>Whether this is a kind of identity (a member's own id is none).</summary>
    public static bool IsKind(string kind) =>
        kind is "phone" or "plate" or "card" or "wechat" or "unionid" or "device" or "email";

    /// <summary>
    /// Reads <c>kind:value</c>; <paramref name="problem"/> says in one sentence what is wrong.
    /// </summary>
    public static bool TryParse(
        string? text, out IdentityText identity, [NotNullWhen(false)] out Sentence? problem)
    {
        identity = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0)
        {
            problem = "An identity is kind:value, such as phone:+8613800138000.";
            return false;
        }

        var (kind, value) = (text![..colon], text[(colon + 1)..]);
        problem = kind switch
        {
            "phone" => Phone(ref value),
            "plate" => Plate(ref value),
            "card" or "wechat" or "unionid" or "device" => Opaque(value),
            "email" => Email(ref value),
            Member when Quantities.MemberId.TryParse(value, out _) => null,
            Member => "A member id is a UUID in lower case.",
            _ => "The kind is one of phone, card, plate, wechat, unionid, device, email or member.",
        };
        identity = new(kind, value);
        return problem is null;
    }

    /// <summary>
    /// E.164 (ITU-T E.164: at most 15 digits); a mainland mobile number may come without +86.
    /// </summary>
    private static Sentence? Phone(ref string value)
    {
        Span<char> digits = stackalloc char[20];
        var length = 0;
        var international = value.StartsWith('+');
        foreach (var c in international ? value.AsSpan(1) : value)
        {
            if (c is ' ' or '-' or '(' or ')')
                continue;
            if (!char.IsAsciiDigit(c) || length == digits.Length)
                return "A phone number has digits, spaces and hyphens and starts with + and a country code.";
            digits[length++] = c;
        }

        var number = digits[..length];
        if (!international && length == 11 && number[0] == '1')
            value = $"+86{number}";
        else if (international && length is >= 7 and <= 15 && number[0] != '0')
            value = $"+{number}";
        else
            return "A phone number is + and 7 to 15 digits, or an 11-digit mainland mobile number.";
        return null;
    }

    private static Sentence? Plate(ref string value)
    {
        value = string.Concat(value.Where(c => c is not (' ' or '-' or '·' or '.'))).ToUpperInvariant();
        if (value.Length is >= 2 and <= 12 && value.All(char.IsLetterOrDigit))
            return null;
        return "A plate has 2 to 12 letters and digits.";
    }

    private static Sentence? Email(ref string value)
    {
        value = value.Trim().ToLowerInvariant();
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < value.Length - 1 && value.IndexOf('@', at + 1) < 0 ? Opaque(value)
            : "An e-mail address is name@host.";
    }

    private static Sentence? Opaque(string value)
    {
        if (value.Length is > 0 and <= LongestValue && !value.Any(char.IsControl))
            return null;
        return $"The value has 1 to {LongestValue} characters, none of them a control character.";
    }
}
