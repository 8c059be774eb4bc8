namespace MallVip.Rules.Cel;

/// <summary>Tokens to a tree, by recursive descent with a bounded depth.</summary>
internal sealed partial class CelParser
{
    /// <summary>Longest source, in UTF-16 units.</summary>
    public const int MaxLength = 65_536;

    /// <summary>Deepest nesting of parentheses, brackets, calls and operators.</summary>
    public const int MaxDepth = 100;

    /// <summary>Deepest tree, counting chains such as 1 + 1 + 1.</summary>
    public const int MaxTreeDepth = 250;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
            "package",
        "namespace", "return", "var", "void", "while",
    };

    private readonly List<CelToken> _tokens;
    private readonly bool _expandMacros;
    private int _next;
    private int _depth;

    private CelParser(List<CelToken> tokens, bool expandMacros)
    {
        _tokens = tokens;
        _expandMacros = expandMacros;
    }

    private CelToken Current => _tokens[_next];

    /// <summary>The tree, or null with at least one diagnostic added.</summary>
    public static CelNode? Parse(string source, bool expandMacros, List<CelDiagnostic> diagnostics)
    {
        if (source.Length > MaxLength)
        {
            diagnostics.Add(CelDiagnostic.At(new CelSpan(0, 1, 1, 1), CelCodes.TooLong, [$"{MaxLength}"]));
            return null;
        }
        var tokens = new CelLexer(source, diagnostics).Read();
        if (diagnostics.Count > 0)
            return null;
        try
        {
            return new CelParser(tokens, expandMacros).ParseWhole();
        }
        catch (CelSyntaxException mistake)
        {
            diagnostics.Add(mistake.Diagnostic);
            return null;
        }
    }

    private CelNode ParseWhole()
    {
        if (Current.Kind == CelTokenKind.End)
            throw Mistake(Current, "an expression is missing");
        var root = ParseExpression();
        if (Current.Kind != CelTokenKind.End)
            throw Unexpected();
        return root;
    }

    private CelNode ParseExpression()
    {
        Enter();
        var condition = ParseLogic(CelOperators.Or, "||");
        if (Current.Is("?"))
        {
            var question = Take();
            var whenTrue = ParseLogic(CelOperators.Or, "||");
            Expect(":");
            var whenFalse = ParseExpression();
            condition = Call(question.Span, CelOperators.Conditional, condition, whenTrue, whenFalse);
        }
        _depth--;
        return condition;
    }

    /// <summary>A chain of one logical operator becomes one flat call, however long it is.</summary>
    private CelNode ParseLogic(string function, string symbol)
    {
        var first = Operand();
        if (!Current.Is(symbol))
            return first;
        var span = Current.Span;
        var operands = new List<CelNode> { first };
        while (Current.Is(symbol))
        {
            Take();
            operands.Add(Operand());
        }
        return Checked(new CelCall(span, function, null, operands));

        CelNode Operand() =>
            function == CelOperators.Or ? ParseLogic(CelOperators.And, "&&") : ParseRelation();
    }

    private CelNode ParseRelation()
    {
        var left = ParseSum();
        while (RelationOf(Current) is { } function)
        {
            var span = Take().Span;
            left = Call(span, function, left, ParseSum());
        }
        return left;
    }

    private static string? RelationOf(CelToken token) =>
        token.Kind is CelTokenKind.Symbol or CelTokenKind.Keyword
        ? token.Text switch
        {
            "==" or "!=" or "<" or "<=" or ">" or ">=" => $"_{token.Text}_",
            "in" => CelOperators.In,
            _ => null,
        }
        : null;

    private CelNode ParseSum()
    {
        var left = ParseProduct();
        while (Current.Is("+") || Current.Is("-"))
        {
            var sign = Take();
            left = Call(sign.Span, $"_{sign.Text}_", left, ParseProduct());
        }
        return left;
    }

    private CelNode ParseProduct()
    {
        var left = ParseUnary();
        while (Current.Is("*") || Current.Is("/") || Current.Is("%"))
        {
            var sign = Take();
            left = Call(sign.Span, $"_{sign.Text}_", left, ParseUnary());
        }
        return left;
    }

    private CelNode ParseUnary()
    {
        if (!Current.Is("!") && !Current.Is("-"))
            return ParsePostfix(ParsePrimary());
        if (Current.Is("-") && _tokens[_next + 1].Kind is CelTokenKind.Int or CelTokenKind.Double)
            return ParsePostfix(NegativeLiteral(Take()));
        Enter();
        var sign = Take();
        var operand = ParseUnary();
        _depth--;
        return Call(sign.Span, sign.Text == "!" ? CelOperators.Not : CelOperators.Negate, operand);
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
            throw TooDeep(Current.Span);
    }

    private static CelCall Call(CelSpan span, string function, params CelNode[] arguments) =>
        Checked(new CelCall(span, function, null, arguments));

    private static TNode Checked<TNode>(TNode node)
        where TNode : CelNode => node.Depth > MaxTreeDepth ? throw TooDeep(node.Span) : node;

    private static CelSyntaxException TooDeep(CelSpan at) =>
        new(CelDiagnostic.At(at, CelCodes.TooDeep, [$"{MaxDepth}"]));

    private CelToken Take() => _tokens[_next++];

    private CelToken Expect(string symbol)
    {
        if (!Current.Is(symbol))
            throw Mistake(Current, $"'{symbol}' is expected before {Describe(Current)}");
        return Take();
    }

    private CelSyntaxException Unexpected() => Mistake(Current, $"unexpected {Describe(Current)}");

    private static string Describe(CelToken token) =>
        token.Kind == CelTokenKind.End ? "the end" : $"'{token.Text}'";

    private static CelSyntaxException Mistake(CelToken at, string problem) => Mistake(at.Span, problem);

    private static CelSyntaxException Mistake(CelSpan at, string problem) =>
        new(CelDiagnostic.At(at, CelCodes.Syntax, [problem]));
}
