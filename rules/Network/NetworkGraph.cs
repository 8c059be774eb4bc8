using System.Collections.Immutable;

namespace MallVip.Rules.Network;

/// <summary>A rule network as data.</summary>
public sealed record NetworkGraph(ImmutableArray<NetworkGraphNode> Nodes,
    ImmutableArray<NetworkGraphEdge> Edges);

/// <summary>A node of a network, as it is drawn.</summary>
/// <param name="Id">From 0, the index in <see cref="NetworkGraph.Nodes"/>.</param>
/// <param name="Kind"><c>type</c>, <c>group</c>, <c>index</c>, <c>range</c>, <c>test</c> or <c>rule</c>.
/// </param>
/// <param name="Text">The event type, path, test or rule.</param>
public sealed record NetworkGraphNode(int Id, string Kind, string Text);

/// <summary>A way from one node to the next.</summary>
/// <param name="Text">The value that an index, or the bound that a range, leads on from; else empty.</param>
public sealed record NetworkGraphEdge(int From, int To, string Text);
