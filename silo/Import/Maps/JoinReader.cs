using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Reads the <c>joins:</c> section and makes the joined columns known.</summary>
internal sealed class JoinReader(
    ColumnScope columns, DialectReader dialects, IMapFiles files, MapDiagnostics diagnostics)
{
    public IReadOnlyList<JoinMap> Read(YamlNode? node)
    {
        var joins = new List<JoinMap>();
        if (node is null)
            return joins;
        if (node is not YamlMappingNode mapping)
        {
            diagnostics.Add(MapErrors.WrongShape, node, "A name for each joined file is wanted here.");
            return joins;
        }
        foreach (var (name, value) in mapping.Children)
        {
            if (Read((name as YamlScalarNode)?.Value ?? "", value, joins.Count) is { } join)
                joins.Add(join);
        }
        return joins;
    }

    private JoinMap? Read(string name, YamlNode node, int position)
    {
        var section = new MapSection(node, diagnostics, "file", "key", "on", "missing", "csv");
        var dialect = dialects.Read(section.Optional("csv"));
        section.Required("file", "file: products.csv");
        var keyNode = section.Required("key", "key: the column of the joined file that is looked up");
        var key = section.Text("key");
        var on = section.Text("on") ?? key;
        var reject = section.Choice("missing", ("omit", false), ("reject", true));
        if (section.Text("file") is not { } file || key is null || on is null)
        {
            columns.AddUnreadable(name);
            return null;
        }
        var onColumn = columns.Find(on, section.Optional("on") ?? keyNode!);
        if (Header(file, dialect, section) is not { } header)
        {
            columns.AddUnreadable(name);
            return null;
        }
        columns.AddJoin(name, position, header);
        var keyIndex = header.ToList().IndexOf(key);
        if (keyIndex >= 0)
            return new JoinMap(file, dialect, keyIndex, onColumn, reject);
        diagnostics.Add(MapErrors.UnknownColumn, keyNode!, $"{file} has no column '{key}'.",
            Nearest.Hint(key, header));
        return null;
    }

    private IReadOnlyList<string>? Header(string file, CsvDialect dialect, MapSection section)
    {
        try
        {
            return files.JoinHeader(file, dialect);
        }
        catch (ImportFileException error)
        {
            diagnostics.Add(MapErrors.BadJoin, section.Optional("file")!, error.Message,
                "The path counts from the map's folder, then from the CSV file's.");
            return null;
        }
    }
}
