namespace MallVip.Rules.Cel;

/// <summary>One operand of a condition's outermost &amp;&amp;, usable on its own.</summary>
public sealed class CelConjunct<TContext>
{
    private readonly Lazy<CelExpression<TContext>> _expression;

    internal CelConjunct(string source, CelNode node, long budget, Lock gate)
    {
        Node = node;
        Text = CelCanonicalText.Of(node);
        Index = CelConjuncts.IndexTest(node);
        Range = CelConjuncts.RangeTest(node);
        _expression = new Lazy<CelExpression<TContext>>(() =>
            new CelExpression<TContext>(source, node, null, budget, gate));
    }

    /// <summary>The canonical text: within one environment, equal texts are equal tests.</summary>
    public string Text { get; }

    public CelNode Node { get; }

    /// <summary>Set when the test is an equality that an index can answer.</summary>
    public CelIndexTest? Index { get; }

    /// <summary>Set when the test compares a whole or decimal number with a literal.</summary>
    public CelRangeTest? Range { get; }

    public CelReads Reads => _expression.Value.Reads;

    /// <summary>The test as a condition; positions are those of the whole source.</summary>
    public CelExpression<TContext> Compile() => _expression.Value;
}

/// <summary>The test that a field path has one of some values.</summary>
public sealed record CelIndexTest(string Path, IReadOnlyList<CelValue> Values);
