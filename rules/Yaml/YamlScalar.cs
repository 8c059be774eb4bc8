using MallVip.Rules.Checking;

namespace MallVip.Rules.Yaml;

/// <summary>
/// A piece of text. What it means (a number, a date, an expression) is for the reader to say.
/// </summary>
/// <param name="start">Index of its first character in the file's text, quotes included.</param>
/// <param name="end">Index after its last character.</param>
internal sealed class YamlScalar(Place place, string value, bool plain, string source, int start, int end)
    : YamlNode(place)
{
    public string Value { get; } = value;

    /// <summary>
    /// Written without quotes: only then <c>null</c>, <c>true</c> or <c>12</c> mean more than text.
    /// </summary>
    public bool Plain { get; } = plain;

    /// <summary>Nothing stands there, or <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Plain && Value is "" or "~" or "null";

    /// <summary>
    /// The file's place of a line and column inside the value (an expression's diagnostic).
    /// </summary>
    public Place Locate(int line, int column)
    {
        var offset = 0;
        for (var at = 1; at < line; at++)
        {
            var next = Value.IndexOf('\n', offset);
            if (next < 0)
                break;
            offset = next + 1;
        }

        return Locate(Math.Clamp(offset + column - 1, 0, Value.Length));
    }

    // Walks value and source side by side: folded line ends, indentation and escapes make the source longer.
    private Place Locate(int offset)
    {
        var at = SkipOpening();
        for (var done = 0; done < offset && at < end; done++)
        {
            if (char.IsWhiteSpace(Value[done]) && char.IsWhiteSpace(source[at]))
            {
                at++;
                var nextIsText = done + 1 < Value.Length && !char.IsWhiteSpace(Value[done + 1]);
                while (nextIsText && at < end && char.IsWhiteSpace(source[at]))
                    at++;
            }
            else if (!Plain && source[at] == '\\' && Value[done] != '\\')
            {
                at += 2;
            }
            else
            {
                at++;
            }
        }

        return PlaceOf(Math.Min(at, Math.Max(start, end - 1)));
    }

    private int SkipOpening()
    {
        if (Plain || start >= end)
            return start;
        if (source[start] is '"' or '\'')
            return start + 1;
        var at = source.IndexOf('\n', start);
        if (at < 0)
            return start;
        while (at < end && char.IsWhiteSpace(source[at]))
            at++;
        return at;
    }

    private Place PlaceOf(int index)
    {
        var line = Place.Line;
        var lineStart = start - (Place.Column - 1);
        for (var at = start; at < index && at < source.Length; at++)
        {
            if (source[at] != '\n')
                continue;
            line++;
            lineStart = at + 1;
        }

        return new(Place.File, line, index - lineStart + 1);
    }
}
