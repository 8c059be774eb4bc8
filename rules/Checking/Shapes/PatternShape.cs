using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>Text of a fixed form: an id, a date, hours.</summary>
/// <param name="code">The finding when it does not fit; its only argument is the text.</param>
/// <param name="pattern">What the whole text must match.</param>
/// <param name="valid">What a pattern cannot say (the 30th of February); null: nothing.</param>
internal sealed class PatternShape(string code, string pattern, Func<string, bool>? valid = null) : Shape
{
    private readonly Regex _regex = new(
        $"^(?:{pattern})\\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public string Pattern => $"^(?:{pattern})$";

    public bool Fits(string text) => _regex.IsMatch(text) && (valid is null || valid(text));

    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlScalar scalar)
            findings.Error(node.Place, "VALUE_MUST_BE_TEXT");
        else if (scalar.IsNull)
            findings.Error(node.Place, "VALUE_MISSING");
        else if (!Fits(scalar.Value))
            findings.Error(node.Place, code, scalar.Value);
    }

    public override JsonObject ToSchema() => new()
    {
        ["type"] = new JsonArray("string", "number"),
        ["pattern"] = Pattern,
    };
}
