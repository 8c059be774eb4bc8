using MallVip.Rules.Checking;

namespace MallVip.Rules.Yaml;

/// <summary>A YAML value with its place in the file.</summary>
internal abstract class YamlNode(Place place)
{
    public Place Place { get; } = place;
}

/// <summary>A list.</summary>
internal sealed class YamlList(Place place, IReadOnlyList<YamlNode> items) : YamlNode(place)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;
}
