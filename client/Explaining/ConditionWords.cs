using MallVip.Rules.Cel;
using MallVip.Rules.Explaining;

namespace MallVip.Client.Explaining;

/// <summary>Conditions in words: <c>paid 600 >= 500</c>, <c>tier gold</c>.</summary>
internal sealed class ConditionWords(Phrases phrases)
{
    /// <summary>
    /// A condition that holds; null: it only keeps something out, which a summary need not say.
    /// </summary>
    public string? Holding(ExpressionTrace condition) => Holding(condition, condition.Root);

    private string? Holding(ExpressionTrace condition, CelNode node) => node switch
    {
        CelLiteral or CelCall { Function: CelOperators.Not or CelOperators.NotEqual } => null,
        CelCall { Function: CelOperators.Or } either when Decider(condition, either) is { } decider =>
            Holding(condition, decider) ?? ExpressionText.Of(decider),
        CelCall { Function: CelOperators.Equal or CelOperators.In } same
            when ReadOf(condition, same) is { } read => Words(read, condition.Reads[read]),
        _ when condition.Reads.TryGetValue(node, out var value) => Words(node, value),
        _ => ExpressionText.Of(
            node, part => condition.Reads.TryGetValue(part, out var value) ? Told(part, value) : null),
    };

    /// <summary>A condition that does not hold, with what it read.</summary>
    public string Failing(ExpressionTrace condition)
    {
        if (condition.Value is { IsError: true } failed)
            return phrases.Fill(
                "fails", ("condition", condition.Text), ("error", ShownValue.Of(failed)));
        var reads = condition.Reads.Select(read => Told(read.Key, read.Value))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return reads.Length == 0
            ? phrases.Fill("false.plain", ("condition", condition.Text))
            : phrases.Fill(
                "false", ("condition", condition.Text), ("reads", phrases.Join("list.comma", reads)));
    }

    /// <summary>What was read, with yes or no for a flag.</summary>
    private string Told(CelNode node, CelValue value) => value.Kind == CelKind.Bool
        ? phrases.Fill(
            "flag", ("words", Words(node, value)),
            ("value", phrases.Fill(value.AsBool ? "yes" : "no")))
        : Words(node, value);

    private string Words(CelNode node, CelValue value)
    {
        var call = node as CelCall;
        var path = call?.Target is { } target
            ? $"{ExpressionText.Of(target)}.{call.Function}"
            : ExpressionText.Of(node);
        var shown = ShownValue.Of(value) is { Length: > 0 } text ? text : "\"\"";
        if (phrases.Find("read." + path) is not null)
            return phrases.Fill(
                "read." + path,
                ("value", shown),
                ("arg", call is null ? "" : string.Join(", ", call.Arguments.Select(Argument))));
        var name = call is null ? path[(path.LastIndexOf('.') + 1)..] : ExpressionText.Of(node);
        return value.Kind == CelKind.Bool ? name : $"{name} {shown}";
    }

    private static string Argument(CelNode argument) =>
        argument is CelLiteral literal ? ShownValue.Of(literal.Value) : ExpressionText.Of(argument);

    /// <summary>The operand of an outermost || that made it true.</summary>
    private static CelNode? Decider(ExpressionTrace condition, CelCall either) =>
        either.Arguments.FirstOrDefault(operand => condition.Parts.Any(part =>
            part.Value is { Kind: CelKind.Bool, AsBool: true } && part.Depth == 1
            && part.Text == ExpressionText.Of(operand)));

    /// <summary>The side of a comparison that was read, where the other side is written down.</summary>
    private static CelNode? ReadOf(ExpressionTrace condition, CelCall comparison)
    {
        var (left, right) = (comparison.Arguments[0], comparison.Arguments[1]);
        if (condition.Reads.ContainsKey(left) && (right is CelLiteral or CelListNode))
            return left;
        return condition.Reads.ContainsKey(right) && left is CelLiteral ? right : null;
    }
}
