using System.Globalization;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Identities;

/// <summary>
/// E-mail addresses, all in lower case. RFC 5321 would let a mailbox tell capitals apart in its own part; no
/// service that shoppers use does, and people write their address either way, so that part is lowered too.
/// What stands behind a + and dots stay: which of them count is the service's business.
/// </summary>
internal static class EmailText
{
    private const int LongestName = 64;
    private const int LongestLabel = 63;
    private const string NotInNames = "\"(),:;<>[\\]@";

    public static Sentence? Normalise(ref string value)
    {
        value = string.Concat(Handwriting.Trimmed(value).Select(Handwriting.Narrow)).ToLowerInvariant();
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at != value.LastIndexOf('@') || !Handwriting.IsWhole(value)
            || value.Any(Handwriting.IsNothing) || value.Length > IdentityText.LongestValue)
            return "An e-mail address is name@host.";
        if (at > LongestName || value[..at].Any(c => NotInNames.Contains(c, StringComparison.Ordinal)))
            return "The name in an e-mail address has at most 64 characters, no brackets and no quotes.";
        var labels = value[(at + 1)..].Split('.');
        if (labels.Length > 1 && labels.All(IsLabel))
            return null;
        return "The host in an e-mail address is words with dots between, such as example.com.";
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-'
        && label.All(c => c == '-' || char.IsLetterOrDigit(c) || char.IsSurrogate(c)
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark);
}
