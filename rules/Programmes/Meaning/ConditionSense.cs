using System.Collections.Immutable;
using MallVip.Rules.Cel;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Meaning;

/// <summary>
/// Finds conditions that are right as expressions and wrong as intentions: two parts that exclude each
/// other, a category that no store has.
/// </summary>
internal sealed class ConditionSense(Declarations declared, Findings findings)
{
    private const string StoreCategory = "event.store.category";

    private readonly HashSet<string> _categories =
        declared.Stores.Values.Select(store => store.Category).ToHashSet(StringComparer.Ordinal);

    /// <param name="conjuncts">What must hold together.</param>
    public void Check(DraftRule draft, ImmutableArray<CelConjunct<EvalContext>> conjuncts)
    {
        if (draft.When is not { } source)
            return;
        foreach (var conjunct in conjuncts)
            CheckCategories(source, conjunct);
        for (var i = 1; i < conjuncts.Length; i++)
            for (var j = 0; j < i; j++)
                if (Excludes(conjuncts[j], conjuncts[i]))
                {
                    Report(source, conjuncts[i], "RULE_CONTRADICTS", Bare(conjuncts[i].Text),
                        Bare(conjuncts[j].Text));
                    return;
                }
    }

    private void CheckCategories(Yaml.YamlScalar source, CelConjunct<EvalContext> conjunct)
    {
        if (conjunct.Index is not { Path: StoreCategory } test)
            return;
        foreach (var value in test.Values)
            if (value.Kind == CelKind.String && !_categories.Contains(value.AsString))
                Report(source, conjunct, "CATEGORY_WITHOUT_STORE", value.AsString);
    }

    private static bool Excludes(CelConjunct<EvalContext> one, CelConjunct<EvalContext> other)
    {
        if (one.Index is { } first && other.Index is { } second)
            return string.Equals(first.Path, second.Path, StringComparison.Ordinal)
                && !first.Values.Any(second.Values.Contains);
        return NumberRange.Of(one.Node) is { } low && NumberRange.Of(other.Node) is { } high
            && low.Excludes(high);
    }

    /// <summary>Without the brackets that canonical text puts around an operator's operands.</summary>
    private static string Bare(string text) => text is ['(', .. var bare, ')'] ? bare : text;

    private void Report(
        Yaml.YamlScalar source, CelConjunct<EvalContext> conjunct, string code,
        params ReadOnlySpan<string> args) =>
        findings.Warning(source.Locate(conjunct.Node.Span.Line, conjunct.Node.Span.Column), code, args);
}
