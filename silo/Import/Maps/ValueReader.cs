using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MallVip.Silo.Import.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>
/// Reads values: a plain <c>sum(column)</c> is a function, a plain number or true/false stays one, every
/// other text is a template; a mapping is an object, <c>each:</c> in it makes a list of the group's rows; a
/// list is a list.
/// </summary>
internal sealed partial class ValueReader(
    ColumnScope columns, TemplateReader templates, MapDiagnostics diagnostics)
{
    /// <summary>Aliases can make a short file huge.</summary>
    private const int MostNodes = 10_000;

    private static readonly string[] Functions =
        ["sum", "money", "number", "integer", "flag", "time", "count"];

    public Value Read(YamlNode node) => ++_nodes > MostNodes ? ReportTooMany(node) : node switch
    {
        YamlMappingNode mapping when IsUnquotedTemplate(mapping) => ReportUnquoted(mapping),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => ReadPlain(plain),
        YamlMappingNode { Children.Count: 1 } mapping when Key(mapping) == "each" =>
            new EachValue(Read(mapping.Children.Values.First())),
        YamlMappingNode mapping => ReadObject(mapping),
        YamlSequenceNode list => new ListValue(list.Children.Select(Read).ToArray()),
        _ => new TextValue(templates.Read(node)),
    };

    private int _nodes;

    /// <summary>An object, or an empty one and a diagnostic.</summary>
    public ObjectValue ReadObject(YamlNode? node)
    {
        if (node is null)
            return new ObjectValue([]);
        if (node is not YamlMappingNode mapping)
        {
            diagnostics.Add(MapErrors.WrongShape, node, "Field names with values are wanted here.");
            return new ObjectValue([]);
        }
        var fields = mapping.Children.Select(child => new Field(
            JsonEncodedText.Encode((child.Key as YamlScalarNode)?.Value ?? ""), Read(child.Value)));
        return new ObjectValue(fields.ToArray());
    }

    private static string? Key(YamlMappingNode mapping) =>
        (mapping.Children.Keys.First() as YamlScalarNode)?.Value;

    // {basket_id} without quotes is YAML for a mapping with an empty value.
    private static bool IsUnquotedTemplate(YamlMappingNode node) =>
        node.Style == MappingStyle.Flow
            && node.Children.Values.Any(value => value is YamlScalarNode { Value: "" });

    private NumberConstant ReportUnquoted(YamlMappingNode node)
    {
        diagnostics.Add(MapErrors.BadTemplate, node, "A text that begins with a brace needs quotes in YAML.",
            $"Write \"{{{Key(node)}}}\".");
        return new NumberConstant(0);
    }

    private NumberConstant ReportTooMany(YamlNode node)
    {
        if (_nodes == MostNodes + 1)
            diagnostics.Add(MapErrors.BadValue, node, $"The map has more than {MostNodes} values.");
        return new NumberConstant(0);
    }

    private Value ReadPlain(YamlScalarNode node)
    {
        var text = node.Value ?? "";
        if (text is "true" or "false")
            return new FlagConstant(text == "true");
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new NumberConstant(number);
        var call = Call().Match(text);
        return call.Success
            ? ReadCall(call.Groups["function"].Value, call.Groups["argument"].Value.Trim(), node)
            : new TextValue(templates.Read(node));
    }

    private Value ReadCall(string function, string argument, YamlScalarNode node)
    {
        if (function == "count")
            return new CountValue();
        if (!Functions.Contains(function, StringComparer.Ordinal))
        {
            diagnostics.Add(MapErrors.UnknownFunction, node, $"There is no function '{function}'.",
                Nearest.Hint(function, Functions) + " In quotes it is a text.");
            return new NumberConstant(0);
        }
        var column = columns.Find(argument, node);
        return function switch
        {
            "sum" => new SumValue(column),
            "money" => new MoneyValue(column),
            "number" => new NumberValue(column),
            "integer" => new IntegerValue(column),
            "flag" => new FlagValue(column),
            "time" => new TimeValue(column),
            _ => throw new InvalidOperationException($"The function {function} is listed but not read."),
        };
    }

    [GeneratedRegex(@"^(?<function>[a-z]+)\((?<argument>.*)\)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Call();
}
