using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>Any text that is not empty.</summary>
/// <param name="most">The longest, in characters.</param>
internal sealed class TextShape(int most = 200) : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlScalar scalar)
            findings.Error(node.Place, "VALUE_MUST_BE_TEXT");
        else if (scalar.IsNull)
            findings.Error(node.Place, "VALUE_MISSING");
        else if (scalar.Value.Length > most)
            findings.Error(node.Place, "VALUE_TOO_LONG", $"{most}");
    }

    public override JsonObject ToSchema() => new()
    {
        ["type"] = new JsonArray("string", "number", "boolean"),
        ["maxLength"] = most,
    };
}
