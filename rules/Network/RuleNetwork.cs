using System.Collections.Frozen;
using System.Runtime.InteropServices;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>
/// MallVip's matcher: by type of event, then by hashed equality tests and ordered bounds, then by tests that
/// rules share. What
/// an event costs follows the rules that can match it, not the rules there are. Immutable, for any number of
/// threads.
/// </summary>
public sealed class RuleNetwork : IRuleMatcher
{
    private readonly FrozenDictionary<string, EventTypeNode> _types;

    internal RuleNetwork(IEnumerable<EventTypeNode> types) =>
        _types = types.ToFrozenDictionary(type => type.Type, StringComparer.Ordinal);

    /// <summary>A network without rules.</summary>
    public static RuleNetwork Empty { get; } = new([]);

    internal IEnumerable<EventTypeNode> Types =>
        _types.Values.OrderBy(type => type.Type, StringComparer.Ordinal);

    public void Match(EvalContext context, List<RuleMatch> matches)
    {
        if (!_types.TryGetValue(context.Event.Type, out var type))
            return;
        var first = matches.Count;
        var evaluation = Evaluation.Begin(context, matches, type);
        type.Group.Activate(evaluation);
        evaluation.End();
        MatchOrder.Sort(CollectionsMarshal.AsSpan(matches)[first..]);
    }

    /// <summary>The network as nodes and edges, to be drawn or asserted on.</summary>
    public NetworkGraph Describe() => NetworkDrawing.Of(this);
}
