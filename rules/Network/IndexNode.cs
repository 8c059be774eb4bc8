using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>
/// Leads from the value of a path to the rules that want this value; all others cost nothing.
/// </summary>
/// <param name="everyone">The rules below it, asked one by one when the path cannot be read.</param>
internal sealed class IndexNode(
    PathNode path, FrozenDictionary<string, GroupNode> byValue, ImmutableArray<RuleNode> everyone)
{
    public PathNode Path { get; } = path;

    public FrozenDictionary<string, GroupNode> ByValue { get; } = byValue;

    public void Activate(Evaluation evaluation)
    {
        if (Path.Read(evaluation) is not { } value)
        {
            foreach (var rule in everyone)
                rule.Activate(evaluation, rule.Everything);
        }
        else if (ByValue.TryGetValue(value, out var group))
        {
            group.Activate(evaluation);
        }
    }
}
