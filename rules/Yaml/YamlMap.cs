using MallVip.Rules.Checking;

namespace MallVip.Rules.Yaml;

/// <summary>A map with text keys, in file order; keys are unique.</summary>
internal sealed class YamlMap(Place place, IReadOnlyList<YamlEntry> entries) : YamlNode(place)
{
    private readonly Dictionary<string, YamlEntry> _byKey =
        entries.ToDictionary(entry => entry.Key.Value, StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <summary>The value of a key; null: the key is absent.</summary>
    public YamlNode? this[string key] => _byKey.GetValueOrDefault(key)?.Value;

    public YamlEntry? Entry(string key) => _byKey.GetValueOrDefault(key);

    public YamlMap? Map(string key) => this[key] as YamlMap;

    public YamlList? List(string key) => this[key] as YamlList;

    public YamlScalar? Scalar(string key) => this[key] as YamlScalar;

    /// <summary>The text of a scalar; null: absent or no scalar.</summary>
    public string? Text(string key) => Scalar(key)?.Value;
}

/// <summary>A key and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
