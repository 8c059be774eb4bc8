using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>A map with known keys.</summary>
internal sealed class RecordShape(params Key[] keys) : Shape
{
    public IReadOnlyList<Key> Keys { get; } = keys;

    public override void Check(YamlNode node, Findings findings)
    {
        if (node is not YamlMap map)
        {
            findings.Error(node.Place, "VALUE_MUST_BE_MAP");
            return;
        }

        foreach (var entry in map.Entries)
        {
            if (Find(entry.Key.Value) is { } key)
                key.Shape.Check(entry.Value, findings);
            else
                findings.Unknown(entry.Key.Place, "KEY_UNKNOWN", entry.Key.Value,
                    Keys.Select(known => known.Name));
        }

        foreach (var key in Keys)
            if (key.Required && map.Entry(key.Name) is null)
                findings.Error(node.Place, "KEY_MISSING", key.Name);
    }

    public override JsonObject ToSchema()
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var key in Keys)
        {
            var schema = key.Shape.ToSchema();
            schema["description"] = key.Meaning;
            properties[key.Name] = schema;
            if (key.Required)
                required.Add(key.Name);
        }

        var record = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (required.Count > 0)
            record["required"] = required;
        return record;
    }

    private Key? Find(string name)
    {
        foreach (var key in Keys)
            if (string.Equals(key.Name, name, StringComparison.Ordinal))
                return key;
        return null;
    }
}

/// <summary>A known key.</summary>
/// <param name="Meaning">One English sentence for the schema and the reference.</param>
internal sealed record Key(string Name, Shape Shape, string Meaning, bool Required = false);
