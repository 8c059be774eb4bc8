using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>A map whose keys something else checks: the data of an event, against the event's type.</summary>
internal sealed class DataShape : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlMap)
            findings.Error(node.Place, "VALUE_MUST_BE_MAP");
    }

    public override JsonObject ToSchema() => new() { ["type"] = "object" };
}
