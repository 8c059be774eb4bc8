using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Network;

/// <summary>The nodes that rules of one event type share, by the canonical text of what they do.</summary>
internal sealed class SharedNodes(string eventType, RuleLanguage language)
{
    private readonly Dictionary<string, TestNode> _tests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PathNode?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NumberNode?> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AmountNode> _amounts = new(StringComparer.Ordinal);

    public int Tests => _tests.Count;

    public int Texts => _texts.Count;

    public int Numbers => _numbers.Count;

    public TestNode Window(ActiveWindow window)
    {
        var key = "active " + WindowNode.TextOf(window);
        return _tests.TryGetValue(key, out var node)
            ? node
            : _tests[key] = new WindowNode(_tests.Count, window);
    }

    public TestNode Condition(CelConjunct<EvalContext> conjunct) =>
        _tests.TryGetValue(conjunct.Text, out var node)
            ? node
            : _tests[conjunct.Text] =
                new ConditionNode(_tests.Count, conjunct.Text, language.ConditionOf(eventType, conjunct));

    public AmountNode Amount(string text, CelExpression<EvalContext> expression) =>
        _amounts.TryGetValue(text, out var node) ? node
            : _amounts[text] = AmountNode.Prepared(text, expression);

    /// <summary>Null: no index can answer the test, since its path is no text or it is no equality.</summary>
    public IndexedTest? Indexed(CelConjunct<EvalContext> conjunct, TestNode test)
    {
        if (conjunct.Index is not { } index || index.Values.Any(value => value.Kind != CelKind.String))
            return null;
        if (TextAt(index.Path) is not { } path)
            return null;
        return new(path, [.. index.Values.Select(value => value.AsString).Distinct(StringComparer.Ordinal)],
            test);
    }

    /// <summary>Null: the test compares no number with a literal.</summary>
    public RangedTest? Ranged(CelConjunct<EvalContext> conjunct, TestNode test) =>
        conjunct.Range is { } range && NumberAt(range.Path) is { } path ? new(path, range, test) : null;

    private PathNode? TextAt(string path)
    {
        if (_texts.TryGetValue(path, out var known))
            return known;
        return _texts[path] = Prepared(path, CelType.String) is { } expression
            ? new PathNode(_texts.Count, path, expression) : null;
    }

    private NumberNode? NumberAt(string path)
    {
        if (_numbers.TryGetValue(path, out var known))
            return known;
        return _numbers[path] = Prepared(path, CelType.Decimal) is { } expression
            ? new NumberNode(_numbers.Count, path, expression) : null;
    }

    private CelExpression<EvalContext>? Prepared(string path, CelType type)
    {
        var expression = language.Compile(eventType, path, type).Expression;
        expression?.Prepare();
        return expression;
    }
}
