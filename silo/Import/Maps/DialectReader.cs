using System.Text;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Reads <c>csv:</c> sections.</summary>
internal sealed class DialectReader(MapDiagnostics diagnostics)
{
    public CsvDialect Read(YamlNode? node)
    {
        if (node is null)
            return CsvDialect.Default;
        var section = new MapSection(
            node, diagnostics, "separator", "quote", "header", "columns", "encoding", "empty", "trim",
            "line-breaks");
        var separator = ReadCharacter(section, "separator", ',');
        var quote = ReadCharacter(section, "quote", '"');
        if (separator == quote)
        {
            diagnostics.Add(MapErrors.BadValue, node, "The separator and the quote are the same character.");
            return CsvDialect.Default;
        }
        return new CsvDialect
        {
            Separator = separator,
            Quote = quote,
            Columns = ReadColumns(section),
            Encoding = ReadEncoding(section),
            Empty = section.Texts("empty").Select(item => item.Value ?? "").ToArray(),
            Trim = section.Flag("trim", byDefault: true),
            LineBreaks = section.Flag("line-breaks", byDefault: true),
        };
    }

    private char ReadCharacter(MapSection section, string key, char byDefault)
    {
        var text = section.Text(key) switch
        {
            null => byDefault.ToString(),
            "tab" => "\t",
            var other => other,
        };
        if (text.Length == 1 && char.IsAscii(text[0]) && text[0] is not ('\r' or '\n' or '\0'))
            return text[0];
        diagnostics.Add(MapErrors.BadValue, section.Optional(key)!, $"'{key}' is one ASCII character.",
            "For example \",\" or \";\" or tab.");
        return byDefault;
    }

    private string[]? ReadColumns(MapSection section)
    {
        var named = section.Texts("columns").Select(item => item.Value ?? "").ToArray();
        var header = section.Flag("header", byDefault: true);
        if (header && named.Length > 0)
            diagnostics.Add(MapErrors.BadValue, section.Optional("columns")!,
                "The file has a header row, so its columns have names.",
                "Add 'header: false', or leave this out.");
        if (!header && named.Length == 0)
            diagnostics.Add(MapErrors.MissingKey, section.Node, "A file without header needs 'columns'.",
                "columns: [card, name, points]");
        return header ? null : named;
    }

    private Encoding? ReadEncoding(MapSection section)
    {
        if (section.Text("encoding") is not { } name)
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            diagnostics.Add(
                MapErrors.BadValue, section.Optional("encoding")!, $"There is no encoding '{name}'.",
                "For example utf-8, gb18030, utf-16, windows-1252.");
            return null;
        }
    }
}
