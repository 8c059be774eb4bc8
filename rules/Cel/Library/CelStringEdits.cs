using System.Text;

namespace MallVip.Rules.Cel;

/// <summary>Texts made from texts. Each pays for the length of what it makes.</summary>
internal static class CelStringEdits
{
    private const string Blank =
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
        + "\u200a\u2028\u2029\u202f\u205f\u3000";

    private static readonly char[] BlankCharacters = Blank.ToCharArray();

    [CelFunction("lowerAscii", IsMember = true)]
    public static string LowerAscii(ref CelState state, string text) =>
        Paid(ref state, text) ? string.Create(text.Length, text, Fill(char.IsAsciiLetterUpper, 'a' - 'A'))
            : "";

    [CelFunction("upperAscii", IsMember = true)]
    public static string UpperAscii(ref CelState state, string text) =>
        Paid(ref state, text) ? string.Create(text.Length, text, Fill(char.IsAsciiLetterLower, 'A' - 'a'))
            : "";

    [CelFunction("trim", IsMember = true)]
    public static string Trim(ref CelState state, string text) =>
        Paid(ref state, text) ? text.Trim(BlankCharacters) : "";

    [CelFunction("reverse", IsMember = true)]
    public static string Reverse(ref CelState state, string text)
    {
        if (!Paid(ref state, text))
            return "";
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Reverse())
            result.Append(rune.ToString());
        return result.ToString();
    }

    [CelFunction("replace", IsMember = true)]
    public static string Replace(ref CelState state, string text, string old, string with) =>
        Replace(ref state, text, old, with, -1);

    /// <summary>
    /// Replaces the first <paramref name="times"/>; all when negative. An empty text is found between all
    /// letters.
    /// </summary>
    [CelFunction("replace", IsMember = true)]
    public static string Replace(ref CelState state, string text, string old, string with, long times)
    {
        var result = new StringBuilder();
        var position = 0;
        for (var left = times; left != 0; left--)
        {
            var found = text.IndexOf(old, position, StringComparison.Ordinal);
            if (found < 0 || !state.Spend(CelState.StepsFor(found - position + with.Length)))
                break;
            result.Append(text, position, found - position).Append(with);
            position = found + old.Length;
            if (old.Length > 0)
                continue;
            if (position == text.Length)
                break;
            result.Append(text[position++]);
        }
        return Paid(ref state, text) ? result.Append(text, position, text.Length - position).ToString() : "";
    }

    [CelFunction("split", IsMember = true, GivesTexts = true)]
    public static CelList Split(ref CelState state, string text, string separator) =>
        Split(ref state, text, separator, -1);

    /// <summary>At most <paramref name="limit"/> parts; all when negative, none when zero.</summary>
    [CelFunction("split", IsMember = true, GivesTexts = true)]
    public static CelList Split(ref CelState state, string text, string separator, long limit)
    {
        if (limit == 0 || !state.Spend(text.Length))
            return CelList.Of();
        var count = limit < 0 || limit > int.MaxValue ? int.MaxValue : (int)limit;
        var parts = separator.Length > 0 ? text.Split(separator, count) : Letters(text, count);
        return CelList.Of([.. parts.Select(CelValue.Of)]);
    }

    [CelFunction("join", IsMember = true, TakesTexts = true)]
    public static string Join(ref CelState state, CelList parts) => Join(ref state, parts, "");

    [CelFunction("join", IsMember = true, TakesTexts = true)]
    public static string Join(ref CelState state, CelList parts, string separator)
    {
        var result = new StringBuilder();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = CelOps.ToText(ref state, parts[i]);
            if (state.Error is not null || !state.Spend(CelState.StepsFor(part.Length + separator.Length)))
                return "";
            result.Append(i == 0 ? "" : separator).Append(part);
        }
        return result.ToString();
    }

    [CelFunction("strings.quote")]
    public static string Quote(ref CelState state, string text)
    {
        if (!Paid(ref state, text))
            return "";
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            var special = rune.IsBmp ? "\a\b\f\n\r\t\v\\\"".IndexOf((char)rune.Value) : -1;
            if (special >= 0)
                result.Append('\\').Append("abfnrtv\\\""[special]);
            else
                result.Append(rune.ToString());
        }
        return result.Append('"').ToString();
    }

    private static string[] Letters(string text, int count)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        return runes.Length <= count ? runes : [.. runes[..(count - 1)], string.Concat(runes[(count - 1)..])];
    }

    private static System.Buffers.SpanAction<char, string> Fill(Func<char, bool> matches, int shift) =>
        (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = matches(source[i]) ? (char)(source[i] + shift) : source[i];
        };

    private static bool Paid(ref CelState state, string text) => state.Spend(CelState.StepsFor(text.Length));
}
