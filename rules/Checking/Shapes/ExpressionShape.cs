using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>
/// A CEL expression. Only that there is one is checked here; what it says is checked when it is compiled.
/// </summary>
internal sealed class ExpressionShape : Shape
{
    private const int MaxLength = 4_000;

    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlScalar scalar)
            findings.Error(node.Place, "EXPRESSION_MUST_BE_TEXT");
        else if (string.IsNullOrWhiteSpace(scalar.Value))
            findings.Error(node.Place, "VALUE_MISSING");
        else if (scalar.Value.Length > MaxLength)
            findings.Error(node.Place, "VALUE_TOO_LONG", $"{MaxLength}");
    }

    public override JsonObject ToSchema() => new()
    {
        ["type"] = new JsonArray("string", "number", "boolean"),
        ["maxLength"] = MaxLength,
    };
}
