using System.Globalization;
using System.Text;

namespace MallVip.Rules.Network;

/// <summary>
/// A network as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), which GitHub and many
/// editors draw: event types are pills, indexes are hexagons, tests are boxes, rules are flags.
/// </summary>
public static class MermaidText
{
    public static string Of(NetworkGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in graph.Nodes)
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Id}{ShapeOf(node)}\n");
        foreach (var edge in graph.Edges)
        {
            var label = edge.Text.Length == 0 ? "" : $"|\"{Escaped(edge.Text)}\"|";
            text.Append(CultureInfo.InvariantCulture, $"  n{edge.From} -->{label} n{edge.To}\n");
        }

        return text.ToString();
    }

    private static string ShapeOf(NetworkGraphNode node) => node.Kind switch
    {
        "type" => $"([\"{Escaped(node.Text)}\"])",
        "group" => "((\" \"))",
        "index" or "range" => $"{{{{\"{Escaped(node.Text)}\"}}}}",
        "test" => $"[\"{Escaped(node.Text)}\"]",
        "rule" => $">\"{Escaped(node.Text)}\"]",
        _ => throw new InvalidOperationException($"Unknown node {node.Kind}."),
    };

    /// <summary>Quotes, and what Mermaid would read as markup, as entity codes.</summary>
    private static string Escaped(string text) => text
        .Replace("#", "#35;", StringComparison.Ordinal)
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal);
}
