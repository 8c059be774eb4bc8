using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape(params string[] words) : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlScalar scalar)
            findings.Error(node.Place, "VALUE_MUST_BE_TEXT");
        else if (scalar.IsNull)
            findings.Error(node.Place, "VALUE_MISSING");
        else if (!words.Contains(scalar.Value, StringComparer.Ordinal))
            findings.Unknown(node.Place, "VALUE_UNKNOWN_WORD", scalar.Value, words);
    }

    public override JsonObject ToSchema()
    {
        var choices = new JsonArray();
        foreach (var word in words)
            choices.Add(word is "true" ? true : word is "false" ? false : JsonValue.Create(word));
        return new() { ["enum"] = choices };
    }
}
