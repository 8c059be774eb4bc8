namespace MallVip.Rules.Cel;

/// <summary>
/// A node of a parsed expression; a closed hierarchy. The checker fills in <see cref="Type"/>.
/// </summary>
public abstract class CelNode
{
    private protected CelNode(CelSpan span, params IEnumerable<CelNode> children)
    {
        Span = span;
        Children = [.. children];
        Depth = 1;
        foreach (var child in Children)
            Depth = Math.Max(Depth, child.Depth + 1);
    }

    /// <summary>
    /// Where a message about the node points: an operator, a field name, a function name, a literal.
    /// </summary>
    public CelSpan Span { get; }

    /// <summary>The static type after checking; dyn before.</summary>
    public CelType Type { get; internal set; } = CelType.Dyn;

    public IReadOnlyList<CelNode> Children { get; }

    internal int Depth { get; }
}

/// <summary>A literal; <see cref="Text"/> is its source text.</summary>
public sealed class CelLiteral(CelSpan span, CelValue value, string text) : CelNode(span)
{
    public CelValue Value { get; internal set; } = value;

    public string Text { get; } = text;
}

/// <summary>A plain name; <see cref="IsAbsolute"/> when written with a leading dot.</summary>
public sealed class CelIdent(CelSpan span, string name, bool isAbsolute) : CelNode(span)
{
    public string Name { get; } = name;

    public bool IsAbsolute { get; } = isAbsolute;

    internal CelBinding? Binding { get; set; }
}

/// <summary>
/// A field of a record or a map, or with <see cref="IsTest"/> the question whether it is there.
/// </summary>
public sealed class CelSelect(CelSpan span, CelNode operand, string field, bool isTest)
    : CelNode(span, operand)
{
    public CelNode Operand { get; } = operand;

    public string Field { get; } = field;

    public bool IsTest { get; } = isTest;

    internal CelBinding? Binding { get; set; }
}

/// <summary>A function, method or operator call; operators are named by <see cref="CelOperators"/>.</summary>
public sealed class CelCall(CelSpan span, string function, CelNode? target, IReadOnlyList<CelNode> arguments)
    : CelNode(span, target is null ? arguments : arguments.Prepend(target))
{
    public string Function { get; } = function;

    public CelNode? Target { get; } = target;

    public IReadOnlyList<CelNode> Arguments { get; } = arguments;

    internal CelCallPlan? Plan { get; set; }
}

/// <summary>A list literal.</summary>
public sealed class CelListNode(CelSpan span, IReadOnlyList<CelNode> items) : CelNode(span, items)
{
    public IReadOnlyList<CelNode> Items { get; } = items;
}

/// <summary>A map literal; keys and values alternate in <see cref="CelNode.Children"/>.</summary>
public sealed class CelMapNode(CelSpan span, IReadOnlyList<(CelNode Key, CelNode Value)> entries)
    : CelNode(span, entries.SelectMany(entry => new[] { entry.Key, entry.Value }))
{
    public IReadOnlyList<(CelNode Key, CelNode Value)> Entries { get; } = entries;
}

/// <summary>A macro that walks a list or a map.</summary>
public sealed class CelMacro(
    CelSpan span, CelMacroKind kind, CelNode range, IReadOnlyList<string> variables, CelNode? filter,
        CelNode body)
    : CelNode(span, filter is null ? [range, body] : [range, filter, body])
{
    public CelMacroKind Kind { get; } = kind;

    public CelNode Range { get; } = range;

    /// <summary>One name, or two: index and element of a list, key and value of a map.</summary>
    public IReadOnlyList<string> Variables { get; } = variables;

    public CelNode? Filter { get; } = filter;

    /// <summary>
    /// The condition of all, exists, exists_one and filter; the result of map and the transforms.
    /// </summary>
    public CelNode Body { get; } = body;

    internal CelLocal[] Locals { get; set; } = [];
}

/// <summary><c>cel.bind(name, value, body)</c>.</summary>
public sealed class CelBind(CelSpan span, string name, CelNode value, CelNode body)
    : CelNode(span, value, body)
{
    public string Name { get; } = name;

    public CelNode Value { get; } = value;

    public CelNode Body { get; } = body;

    internal CelLocal? Local { get; set; }
}
