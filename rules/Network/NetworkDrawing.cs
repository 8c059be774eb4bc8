namespace MallVip.Rules.Network;

/// <summary>Walks a network into a graph; nodes that rules share appear once.</summary>
internal sealed class NetworkDrawing
{
    private readonly List<NetworkGraphNode> _nodes = [];
    private readonly HashSet<NetworkGraphEdge> _edges = [];
    private readonly Dictionary<object, int> _ids = new(ReferenceEqualityComparer.Instance);

    public static NetworkGraph Of(RuleNetwork network)
    {
        var drawing = new NetworkDrawing();
        foreach (var type in network.Types)
            drawing.Connect(drawing.Node(type, "type", type.Type), drawing.Group(type.Group));
        return new([.. drawing._nodes],
            [.. drawing._edges.OrderBy(edge => edge.From).ThenBy(edge => edge.To)]);
    }

    private int Group(GroupNode group)
    {
        var id = Node(group, "group", "");
        foreach (var index in group.Indexes)
            Connect(id, Index(index));
        foreach (var range in group.Ranges)
            Connect(id, Range(range));
        foreach (var candidate in group.Candidates)
            Candidate(id, candidate);
        return id;
    }

    private int Index(IndexNode index)
    {
        var id = Node(index, "index", index.Path.Path);
        foreach (var (value, group) in index.ByValue.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Connect(id, Group(group), value);
        return id;
    }

    private int Range(RangeNode range)
    {
        var id = Node(range, "range", range.Path.Path);
        foreach (var (test, candidate) in range.Rules)
            Candidate(id, candidate, test.Range.ToString());
        return id;
    }

    private void Candidate(int from, CandidateNode candidate, string text = "")
    {
        foreach (var test in candidate.Tests)
        {
            var id = Node(test, "test", test.Text);
            Connect(from, id, text);
            (from, text) = (id, "");
        }

        Connect(from, Node(candidate.Rule, "rule", candidate.Rule.Rule.Ref.Rule), text);
    }

    private int Node(object node, string kind, string text)
    {
        if (_ids.TryGetValue(node, out var known))
            return known;
        var id = _nodes.Count;
        _nodes.Add(new(id, kind, text));
        _ids.Add(node, id);
        return id;
    }

    private void Connect(int from, int to, string text = "") => _edges.Add(new(from, to, text));
}
