namespace MallVip.Rules.Network;

/// <summary>The entrance for one type of event.</summary>
/// <param name="tests">How many distinct tests stand below.</param>
/// <param name="paths">How many distinct paths are indexed below.</param>
internal sealed class EventTypeNode(string type, GroupNode group, int tests, int paths)
{
    public string Type { get; } = type;

    public GroupNode Group { get; } = group;

    public int Tests { get; } = tests;

    public int Paths { get; } = paths;
}
