namespace MallVip.Rules.Network;

/// <summary>The entrance for one type of event.</summary>
/// <param name="tests">How many distinct tests stand below.</param>
/// <param name="texts">How many distinct paths are hashed below.</param>
/// <param name="numbers">How many distinct paths are ordered below.</param>
internal sealed class EventTypeNode(string type, GroupNode group, int tests, int texts, int numbers)
{
    public string Type { get; } = type;

    public GroupNode Group { get; } = group;

    public int Tests { get; } = tests;

    public int Texts { get; } = texts;

    public int Numbers { get; } = numbers;
}
