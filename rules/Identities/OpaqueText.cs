using MallVip.Rules.Checking;

namespace MallVip.Rules.Identities;

/// <summary>Numbers and names that another system gave, and only that system can read.</summary>
internal static class OpaqueText
{
    /// <summary>
    /// A card as it is printed: keyboard characters without blanks. Hyphens and the case of letters stay,
    /// since there are issuers that tell them apart.
    /// </summary>
    public static Sentence? NormaliseCard(ref string value)
    {
        if (!Handwriting.IsWhole(Handwriting.Trimmed(value)))
            return Unfit;
        value = Handwriting.Tidy(value);
        return Check(value);
    }

    /// <summary>
    /// An openid or unionid (28 characters of <c>[A-Za-z0-9_-]</c> at WeChat, but test accounts, other
    /// platforms and older systems send others, and nothing is gained by refusing them) or a device: as it
    /// is, but for blanks at its ends.
    /// </summary>
    public static Sentence? Normalise(ref string value)
    {
        value = Handwriting.Trimmed(value);
        return Check(value);
    }

    private static Sentence Unfit =>
        $"The value has 1 to {IdentityText.LongestValue} characters, none of them a control character.";

    private static Sentence? Check(string value) =>
        value.Length is > 0 and <= IdentityText.LongestValue && Handwriting.IsWhole(value) ? null : Unfit;
}
