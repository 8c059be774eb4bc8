using System.Collections.Immutable;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Explaining;

/// <summary>An expression on one event, part by part.</summary>
/// <param name="Root">The checked tree.</param>
/// <param name="Value">What the compiled expression gives; an error value where it fails.</param>
/// <param name="Parts">Every part but literals, the whole first, operands behind their operator.</param>
/// <param name="Reads">What each part that reads the event or the member has read.</param>
public sealed record ExpressionTrace(
    CelNode Root, CelValue Value, ImmutableArray<SubValue> Parts,
    ImmutableDictionary<CelNode, CelValue> Reads)
{
    /// <summary>The expression in one spelling.</summary>
    public string Text { get; } = ExpressionText.Of(Root);

    /// <summary>For a condition: whether it holds; one that fails does not.</summary>
    public bool Holds => Value is { Kind: CelKind.Bool, AsBool: true };

    /// <summary>The expression with what was read in the places where it was read: <c>600 / 10</c>.</summary>
    public string WithValues => ExpressionText.Of(
        Root, node => Reads.TryGetValue(node, out var value) ? ShownValue.Quoted(value) : null);
}
