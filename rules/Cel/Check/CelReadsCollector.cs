namespace MallVip.Rules.Cel;

/// <summary>Walks a checked tree for what it reads.</summary>
internal sealed class CelReadsCollector
{
    private readonly SortedSet<string> _roots = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<CelReadCall> _calls = [];

    public static CelReads Collect(CelNode root)
    {
        var collector = new CelReadsCollector();
        collector.Visit(root);
        return new CelReads(collector._roots, collector._paths, collector._calls);
    }

    /// <summary>The path of a variable and declared fields of it; null for anything else.</summary>
    public static string? PathOf(CelNode node) => node switch
    {
        CelIdent { Binding: CelVariable variable } => variable.Name,
        CelSelect { IsTest: false, Binding: CelVariable variable } => variable.Name,
        CelSelect { Binding: CelFieldBinding } select when PathOf(select.Operand) is { } path =>
            $"{path}.{select.Field}",
        _ => null,
    };

    private void Visit(CelNode node)
    {
        if (PathOf(node) is { } path)
        {
            _paths.Add(path);
            AddRoot(node);
            return;
        }
        if (node is CelCall { Plan: CelCallPlan.Host plan } call)
        {
            var literals = call.Arguments.OfType<CelLiteral>().Select(literal => literal.Value).ToArray();
            _calls.Add(new CelReadCall(call.Function, plan.Receiver is null ? null
                : PathOf(plan.Receiver), literals));
        }
        foreach (var child in OperandsOf(node))
            Visit(child);
    }

    /// <summary>The children without the namespace of a function, which is no variable.</summary>
    public static IEnumerable<CelNode> OperandsOf(CelNode node) => node switch
    {
        CelCall { Plan: CelCallPlan.Library library } => library.Arguments,
        CelCall { Plan: CelCallPlan.Extreme extreme } => extreme.Arguments,
        CelCall { Plan: CelCallPlan.Host { Receiver: null } host } => host.Arguments,
        _ => node.Children,
    };

    private void AddRoot(CelNode node)
    {
        var inner = node;
        while (inner is CelSelect { Binding: CelFieldBinding } select)
            inner = select.Operand;
        _roots.Add(PathOf(inner)!);
    }
}
