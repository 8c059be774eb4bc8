using MallVip.Silo.Import.Rows;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>A map, or the mistakes in it: never both.</summary>
internal sealed record MapReading(ImportMap? Map, IReadOnlyList<MapDiagnostic> Mistakes);

/// <summary>Reads a MAP.yaml and checks it against the headers of the files it names.</summary>
internal sealed class MapReader
{
    private static readonly string[] Keys =
        ["map", "csv", "time", "joins", "group-by", "groups", "source", "tie-order", "emit", "member"];

    private readonly ImportKind _kind;
    private readonly IMapFiles _files;
    private readonly MapDiagnostics _diagnostics;
    private readonly ColumnScope _columns;
    private readonly TemplateReader _templates;
    private readonly ValueReader _values;

    private MapReader(ImportKind kind, string file, IMapFiles files)
    {
        _kind = kind;
        _files = files;
        _diagnostics = new MapDiagnostics(file);
        _columns = new ColumnScope(_diagnostics);
        _templates = new TemplateReader(_columns, _diagnostics);
        _values = new ValueReader(_columns, _templates, _diagnostics);
    }

    /// <summary>Reads the text of a map.</summary>
    /// <param name="kind">What the map is for.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="file">The name for diagnostics.</param>
    /// <param name="files">Tells the headers.</param>
    /// <exception cref="ImportFileException">The main CSV file cannot be read.</exception>
    public static MapReading Read(ImportKind kind, string text, string file, IMapFiles files)
    {
        var reader = new MapReader(kind, file, files);
        var map = reader.Parse(text) is { } root ? reader.Read(root) : null;
        var mistakes = reader._diagnostics.Found;
        return new MapReading(mistakes.Count == 0 ? map : null, mistakes);
    }

    private YamlNode? Parse(string text)
    {
        try
        {
            YamlDepth.Check(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1)
                return stream.Documents[0].RootNode;
            _diagnostics.Add(
                MapErrors.Syntax, Mark.Empty, "One YAML document is wanted.", "See docs/import.md.");
        }
        catch (YamlException error)
        {
            _diagnostics.Add(MapErrors.Syntax, error.Start, error.InnerException?.Message ?? error.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The scanner's own way out of some texts that are no YAML; it does not say where.
            _diagnostics.Add(MapErrors.Syntax, Mark.Empty, "This is not YAML: " + error.Message);
        }
        return null;
    }

    private ImportMap? Read(YamlNode root)
    {
        var section = new MapSection(root, _diagnostics, Keys);
        if (root is not YamlMappingNode)
            return null;
        CheckVersion(section);
        var dialects = new DialectReader(_diagnostics);
        var dialect = dialects.Read(section.Optional("csv"));
        _columns.AddFile(_files.Header(dialect));
        var times = new TimeRulesReader(_diagnostics).Read(section.Optional("time"));
        var joins = new JoinReader(_columns, dialects, _files, _diagnostics).Read(section.Optional("joins"));
        return new ImportMap
        {
            Dialect = dialect,
            Times = times,
            Joins = joins,
            GroupBy = ReadGroup(section),
            GroupsTogether = section.Choice("groups", ("anywhere", false), ("together", true)),
            TieOrder = section.Texts("tie-order").Select(item => item.Value ?? "").ToArray(),
            Emits = ReadEmits(section),
            Member = ReadMember(section),
        };
    }

    private void CheckVersion(MapSection section)
    {
        section.Required("map", "map: 1, the version of this format");
        if (section.Text("map") is { } version && version != "1")
            _diagnostics.Add(
                MapErrors.BadValue, section.Optional("map")!, $"Version '{version}' is not known.",
                "map: 1");
    }

    private Column? ReadGroup(MapSection section) =>
        section.Text("group-by") is { } name ? _columns.Find(name, section.Optional("group-by")!) : null;

    private EmitMap[] ReadEmits(MapSection section)
    {
        if (_kind == ImportKind.Members)
        {
            if (section.Optional("emit") is { } misplaced)
                _diagnostics.Add(
                    MapErrors.WrongKind, misplaced, "'import members' makes members, not events.",
                    "Use 'member:', or 'import events'.");
            return [];
        }
        section.Required("emit", "emit: a list of events, see docs/import.md");
        var reader = new EmitReader(_kind, _columns, _templates, _values, _diagnostics);
        return section.Items("emit").Select(item => reader.Read(item, section.Optional("source")))
            .OfType<EmitMap>().ToArray();
    }

    private MemberMap? ReadMember(MapSection section)
    {
        if (_kind == ImportKind.Members)
        {
            var reader = new MemberReader(_columns, _templates, _values, _diagnostics);
            var node = section.Required("member", "member: { id: ..., identities: [...] }, see the docs");
            return node is null ? null : reader.Read(node, section.Optional("source"));
        }
        if (section.Optional("member") is { } misplaced)
            _diagnostics.Add(MapErrors.WrongKind, misplaced, "'member:' belongs to 'import members'.");
        return null;
    }
}
