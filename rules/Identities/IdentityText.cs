using System.Diagnostics.CodeAnalysis;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Identities;

/// <summary>
/// An identity as people write it, <c>kind:value</c>, normalised so that one thing has one form. It is
/// personal data: it goes to the person table and into a pseudonym, nowhere else.
/// <para>The journal knows identities only by pseudonyms of their normal form, so that a value which is
/// normal stays as it is in every version: another form would be another identity, and its holder's events
/// would go astray.</para>
/// </summary>
/// <param name="Kind">phone, card, plate, wechat, unionid, device, email or member.</param>
/// <param name="Value">Phones in E.164, plates in capitals, e-mail in lower case, cards without blanks,
/// others as they are.</param>
public readonly record struct IdentityText(string Kind, string Value)
{
    /// <summary>A member's own id instead of an identity.</summary>
    public const string Member = "member";

    internal const int LongestValue = 128;

    public override string ToString() => $"{Kind}:{Value}";

    /// <summary>Whether this is a kind of identity (a member's own id is none).</summary>
    public static bool IsKind(string kind) =>
        kind is "phone" or "plate" or "card" or "wechat" or "unionid" or "device" or "email";

    /// <summary>Whether several members may hold an identity of this kind: a family its car, its phone's
    /// shell. All others are one member's.</summary>
    public static bool MayBeShared(string kind) => kind is "plate" or "device";

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
            "phone" => PhoneText.Normalise(ref value),
            "plate" => PlateText.Normalise(ref value),
            "card" => OpaqueText.NormaliseCard(ref value),
            "wechat" or "unionid" or "device" => OpaqueText.Normalise(ref value),
            "email" => EmailText.Normalise(ref value),
            Member when Quantities.MemberId.TryParse(value, out _) => null,
            Member => "A member id is a UUID in lower case.",
            _ => "The kind is one of phone, card, plate, wechat, unionid, device, email or member.",
        };
        identity = new(kind, value);
        return problem is null;
    }
}
