using System.Text;
using MallVip.Silo.Import.Values;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Reads <see cref="Template"/>s.</summary>
internal sealed class TemplateReader(ColumnScope columns, MapDiagnostics diagnostics)
{
    public Template Read(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text })
            return Read(text, node);
        diagnostics.Add(
            MapErrors.WrongShape, node, "A text is wanted here.", "Columns stand in braces: \"{card_no}\".");
        return new Template([], "");
    }

    private Template Read(string text, YamlNode at)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{' && text.IndexOf('}', i) is var end and > 0)
            {
                Flush(parts, literal);
                parts.Add(ReadCell(text[(i + 1)..end], at));
                i = end;
            }
            else if (c is '{' or '}')
            {
                diagnostics.Add(MapErrors.BadTemplate, at, $"A brace in '{text}' has no partner.",
                    "Columns stand in {braces}; write {{ or }} for a brace itself.");
                break;
            }
            else
            {
                literal.Append(c);
            }
        }
        Flush(parts, literal);
        return new Template(parts, text);
    }

    private static void Flush(List<TemplatePart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
            parts.Add(new TemplatePart.Literal(literal.ToString()));
        literal.Clear();
    }

    private TemplatePart.Cell ReadCell(string text, YamlNode at)
    {
        var colon = text.LastIndexOf(':');
        var name = (colon < 0 ? text : text[..colon]).Trim();
        var formats = new List<ColumnFormat>();
        foreach (var formatName in colon < 0 ? [] : text[(colon + 1)..].Split(','))
        {
            if (ColumnFormat.Named(formatName.Trim()) is { } format)
                formats.Add(format);
            else
                diagnostics.Add(MapErrors.UnknownFormat, at, $"'{formatName}' is not a format.",
                    "Formats: 0000 (pad with zeros), upper, lower, alnum, digits; several with commas.");
        }
        return new TemplatePart.Cell(columns.Find(name, at), formats);
    }
}
