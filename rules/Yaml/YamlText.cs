using System.Buffers;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Yaml;

/// <summary>What a file's text must not hold, and where a character of it stands.</summary>
internal static class YamlText
{
    // YAML's own list of what is not printable. A parser that meets U+0000 takes it for the end of the file.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(
            letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r' or '\u0085')),
            '\ufffe', '\uffff']);

    /// <summary>The first control character; null: there is none.</summary>
    public static int? FindControl(string text) =>
        text.AsSpan().IndexOfAny(Controls) is >= 0 and var at ? at : null;

    /// <summary>The first tab in an indentation; null: there is none.</summary>
    public static int? FindTab(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\t')
                return at;
            if (text[at] == ' ')
                continue;
            at = text.IndexOf('\n', at);
            if (at < 0)
                return null;
        }

        return null;
    }

    /// <param name="at">Index of a character, or the length of the text for its end.</param>
    public static Place PlaceOf(string file, string text, int at)
    {
        var before = text.AsSpan(0, at);
        return new(file, before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }
}
