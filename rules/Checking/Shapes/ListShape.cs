using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>A list whose items all have one shape.</summary>
internal sealed class ListShape(Shape item, int most = 10_000) : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlList list)
        {
            findings.Error(node.Place, "VALUE_MUST_BE_LIST");
            return;
        }

        if (list.Items.Count > most)
            findings.Error(node.Place, "VALUE_TOO_MANY", $"{most}");
        foreach (var entry in list.Items)
            item.Check(entry, findings);
    }

    public override JsonObject ToSchema() => new()
    {
        ["type"] = "array",
        ["items"] = item.ToSchema(),
        ["maxItems"] = most,
    };
}
