using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>Reads the <c>time:</c> section.</summary>
internal sealed class TimeRulesReader(MapDiagnostics diagnostics)
{
    public TimeRules Read(YamlNode? node)
    {
        if (node is null)
            return TimeRules.Default;
        var section = new MapSection(node, diagnostics, "zone", "formats", "ambiguous", "gap");
        return new TimeRules(
            ReadZone(section),
            section.Texts("formats").Select(item => item.Value ?? "").ToArray(),
            section.Choice("ambiguous", ("earlier", AmbiguousTime.Earlier), ("later", AmbiguousTime.Later),
                ("reject", AmbiguousTime.Reject)),
            section.Choice("gap", ("forward", GapTime.Forward), ("reject", GapTime.Reject)));
    }

    private TimeZoneInfo? ReadZone(MapSection section)
    {
        if (section.Text("zone") is not { } name)
            return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        diagnostics.Add(MapErrors.UnknownZone, section.Optional("zone")!, $"There is no time zone '{name}'.",
            "IANA names are wanted, such as Asia/Shanghai or America/New_York.");
        return null;
    }
}
