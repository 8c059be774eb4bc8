using MallVip.Silo.Import.Values;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Reads the <c>emit:</c> list.</summary>
internal sealed class EmitReader(
    ImportKind kind, ColumnScope columns, TemplateReader templates, ValueReader values,
    MapDiagnostics diagnostics)
{
    private readonly Dictionary<(string Source, string Id), YamlNode> _ids = [];

    /// <summary>The event, or null and a diagnostic.</summary>
    public EmitMap? Read(YamlNode node, YamlNode? commonSource)
    {
        var section = new MapSection(
            node, diagnostics, "type", "id", "source", "subject", "time", "time-of", "when", "data");
        var type = Optional(section, "type") ?? DefaultType(section);
        var id = Required(section, "id", "id: \"{receipt_no}\", unique in the file");
        var subject = Required(section, "subject", "subject: \"phone:{phone}\"");
        var time = Required(section, "time", "time: \"{sold_at}\"");
        var source = section.Optional("source") ?? commonSource;
        if (source is null)
            diagnostics.Add(MapErrors.MissingKey, section.Node, "'source' is missing, here and at the top.",
                "source: old-pos");
        var pick = section.Choice(
            "time-of", ("same", TimePick.Same), ("earliest", TimePick.Earliest), ("latest", TimePick.Latest));
        var when = section.Texts("when").Select(ReadCondition).ToArray();
        var data = values.ReadObject(section.Optional("data"));
        if (type is not null)
            EventShapes.Check(kind, type, data, section, diagnostics);
        if (type is null || id is null || subject is null || time is null || source is null)
            return null;
        var sourceTemplate = templates.Read(source);
        CheckUnique(id, sourceTemplate, section.Optional("id")!);
        return new EmitMap(type, id, sourceTemplate, subject, time, pick, when, data);
    }

    private Template? Optional(MapSection section, string key) =>
        section.Optional(key) is { } node ? templates.Read(node) : null;

    private Template? Required(MapSection section, string key, string hint) =>
        section.Required(key, hint) is { } node ? templates.Read(node) : null;

    private Template? DefaultType(MapSection section)
    {
        if (kind == ImportKind.Purchases)
            return new Template([new TemplatePart.Literal(EventShapes.Purchase)], EventShapes.Purchase);
        section.Required("type", "type: parking.entry");
        return null;
    }

    // Two events with one (source, id) would be one event and a conflict.
    private void CheckUnique(Template id, Template source, YamlNode at)
    {
        if (!_ids.TryAdd((source.Source, id.Source), at))
            diagnostics.Add(MapErrors.SameId, at, $"Another event of the same row has the id '{id.Source}'.",
                "Tell them apart: \"{session_id}:entry\".");
    }

    private Condition ReadCondition(YamlScalarNode node)
    {
        var text = node.Value ?? "";
        if (text.Split(" == ", 2) is [var equal, var same])
            return new Condition.Is(columns.Find(equal.Trim(), node), same.Trim());
        if (text.Split(" != ", 2) is [var unequal, var other])
            return new Condition.IsNot(columns.Find(unequal.Trim(), node), other.Trim());
        return text.StartsWith('!')
            ? new Condition.Blank(columns.Find(text[1..].Trim(), node))
            : new Condition.Filled(columns.Find(text, node));
    }
}
