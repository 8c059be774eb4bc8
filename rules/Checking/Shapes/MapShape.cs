using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>A map from names that the operator chooses to values of one shape.</summary>
internal sealed class MapShape(PatternShape key, Shape value, int most = 10_000) : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlMap map)
        {
            findings.Error(node.Place, "VALUE_MUST_BE_MAP");
            return;
        }

        if (map.Entries.Count > most)
            findings.Error(node.Place, "VALUE_TOO_MANY", $"{most}");
        foreach (var entry in map.Entries)
        {
            key.Check(entry.Key, findings);
            value.Check(entry.Value, findings);
        }
    }

    public override JsonObject ToSchema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = key.Pattern },
        ["additionalProperties"] = value.ToSchema(),
        ["maxProperties"] = most,
    };
}
