using System.Globalization;

namespace MallVip.Rules.Identities;

/// <summary>
/// What keyboards, cameras and the clipboard make of a number: full-width characters, marks that nobody
/// sees, blanks of many kinds.
/// </summary>
internal static class Handwriting
{
    /// <summary>Full-width forms lie in Unicode in the order of ASCII (U+FF01 to U+FF5E).</summary>
    private const int FullWidth = 0xFEE0;

    /// <summary>The character as it stands on a keyboard: <c>Ａ</c> is A, <c>＋</c> is +.</summary>
    public static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - FullWidth) : c;

    /// <summary>A blank, or a mark of direction or joining that the clipboard brings along.</summary>
    public static bool IsNothing(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>A hyphen, dot or bracket between groups, of any kind.</summary>
    public static bool IsSeparator(char c) => c is '-' or '.' or '(' or ')' or '·' or '•' or '‧' or '・' or '･'
        or '\u2010' or '\u2011' or '\u2012' or '–' or '—' or '−';

    /// <summary>Without blanks, on keyboard characters.</summary>
    public static string Tidy(string value) =>
        string.Concat(value.Where(c => !IsNothing(c)).Select(Narrow));

    /// <summary>Without blanks at its ends.</summary>
    public static string Trimmed(string value)
    {
        var (start, end) = (0, value.Length);
        while (start < end && IsNothing(value[start]))
            start++;
        while (end > start && IsNothing(value[end - 1]))
            end--;
        return value[start..end];
    }

    /// <summary>Text that every store and every sender can carry: no half of a character, no control.
    /// </summary>
    public static bool IsWhole(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]))
                return false;
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
