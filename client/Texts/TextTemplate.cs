using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MallVip.Client.Texts;

/// <summary>
/// A text with named places, <c>You earned {points} {wallet}</c>, taken apart once so that filling it
/// allocates nothing.
/// </summary>
public sealed class TextTemplate
{
    private readonly ImmutableArray<Part> _parts;

    public TextTemplate(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest.IndexOf('}');
            if (close < 0)
                break;
            if (open > 0)
                parts.Add(new(rest[..open].ToString(), IsPlace: false));
            parts.Add(new(rest[(open + 1)..close].ToString(), IsPlace: true));
            rest = rest[(close + 1)..];
        }

        if (!rest.IsEmpty)
            parts.Add(new(rest.ToString(), IsPlace: false));
        _parts = parts.ToImmutable();
    }

    /// <summary>The names of the places, in order.</summary>
    public IEnumerable<string> Places => _parts.Where(part => part.IsPlace).Select(part => part.Text);

    /// <summary>
    /// Appends the text: <c>{points}</c> is the number with thousands apart, any other place the name.
    /// </summary>
    public void AppendTo(StringBuilder text, long points, string name)
    {
        foreach (var part in _parts)
        {
            if (!part.IsPlace)
                text.Append(part.Text);
            else if (part.Text == "points")
                text.Append(CultureInfo.InvariantCulture, $"{points:N0}");
            else
                text.Append(name);
        }
    }

    private readonly record struct Part(string Text, bool IsPlace);
}
