using YamlDotNet.RepresentationModel;

namespace MallVip.Silo.Import.Maps;

/// <summary>
/// A mapping of the file whose keys are known beforehand; what does not fit is reported, not thrown.
/// </summary>
internal sealed class MapSection
{
    private readonly YamlNode _node;
    private readonly MapDiagnostics _diagnostics;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    public MapSection(YamlNode node, MapDiagnostics diagnostics, params string[] keys)
    {
        _node = node;
        _diagnostics = diagnostics;
        if (node is not YamlMappingNode mapping)
        {
            diagnostics.Add(MapErrors.WrongShape, node, "Keys with values are wanted here.",
                "Keys: " + string.Join(", ", keys) + ".");
            return;
        }
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (keys.Contains(name, StringComparer.Ordinal))
                _values[name] = value;
            else
                diagnostics.Add(
                    MapErrors.UnknownKey, key, $"'{name}' means nothing here.", Nearest.Hint(name, keys));
        }
    }

    /// <summary>Where the section stands.</summary>
    public YamlNode Node => _node;

    public YamlNode? Optional(string key) => _values.GetValueOrDefault(key);

    public YamlNode? Required(string key, string hint)
    {
        if (_values.TryGetValue(key, out var node))
            return node;
        if (_node is YamlMappingNode)
            _diagnostics.Add(MapErrors.MissingKey, _node, $"'{key}' is missing.", hint);
        return null;
    }

    /// <summary>The text under a key; null when it is missing or not a text.</summary>
    public string? Text(string key) => Optional(key) is { } node ? Text(node, key) : null;

    public bool Flag(string key, bool byDefault)
    {
        if (Text(key) is not { } text)
            return byDefault;
        if (text is "true" or "false")
            return text == "true";
        _diagnostics.Add(MapErrors.BadValue, _values[key], $"'{text}' is not true or false.");
        return byDefault;
    }

    /// <summary>The choice under a key; the first one by default.</summary>
    public T Choice<T>(string key, params (string Name, T Value)[] choices)
    {
        if (Text(key) is not { } text)
            return choices[0].Value;
        foreach (var (name, value) in choices)
        {
            if (name == text)
                return value;
        }
        _diagnostics.Add(MapErrors.BadValue, _values[key], $"'{text}' is no choice for '{key}'.",
            Nearest.Hint(text, choices.Select(choice => choice.Name)));
        return choices[0].Value;
    }

    /// <summary>The texts under a key: a list, or one text.</summary>
    public IReadOnlyList<YamlScalarNode> Texts(string key)
    {
        var items = Items(key);
        foreach (var item in items.Where(item => item is not YamlScalarNode))
            _diagnostics.Add(MapErrors.WrongShape, item, $"A text is wanted in '{key}'.");
        return items.OfType<YamlScalarNode>().ToArray();
    }

    /// <summary>The nodes under a key: those of a list, or the one that stands there.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => Optional(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children.ToArray(),
        var single => [single],
    };

    private string? Text(YamlNode node, string key)
    {
        if (node is YamlScalarNode { Value: { } text })
            return text;
        _diagnostics.Add(MapErrors.WrongShape, node, $"'{key}' wants a text.");
        return null;
    }
}
