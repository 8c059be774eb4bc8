using System.Globalization;
using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>A whole number in a range, both ends included.</summary>
internal sealed class IntegerShape(long least, long most) : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        var fits = node is YamlScalar scalar &&
            long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var value) &&
            value >= least && value <= most;
        if (!fits)
            findings.Error(node.Place, "VALUE_NOT_INTEGER", $"{least}", $"{most}");
    }

    public override JsonObject ToSchema() => new()
    {
        ["type"] = "integer",
        ["minimum"] = least,
        ["maximum"] = most,
    };
}
