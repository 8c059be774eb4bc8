using System.Globalization;
using System.Text;
using MallVip.Rules.Explaining;

namespace MallVip.Client.Explaining;

/// <summary>
/// The whole of an explanation as plain text: the sentences, then every part of every expression with its
/// value, then the rules that did not act.
/// </summary>
internal sealed class DetailText(Phrases phrases, EntryExplanation entry)
{
    private readonly StringBuilder _text = new();
    private readonly RuleWords _rules = new(phrases);

    /// <param name="summary">The sentences.</param>
    /// <param name="line">Only this line; null: all of them, and the rules that did not act.</param>
    public string Of(string summary, int? line)
    {
        _text.Append(summary).Append('\n');
        var wanted = entry.Lines.Where(one => line is null || one.Number == line).ToList();
        if (wanted.Exists(HasExpressions))
            _text.Append('\n').Append(phrases.Fill("details")).Append('\n');
        foreach (var one in wanted)
            Write(one);
        if (line is null)
            foreach (var happened in entry.Events)
                WriteOthers(happened);
        return _text.ToString();
    }

    private static bool HasExpressions(LineExplanation line) =>
        line.Rule is not null || !line.Tiers.IsEmpty || line.Reversal is { Conditions.IsEmpty: false };

    private void Write(LineExplanation line)
    {
        if (line.Rule is { } rule)
            Write(
                $"[{line.Number}] {rule.Rule.Ref.Rule}{_rules.SourceOf(rule.Rule)}",
                [.. rule.Conditions, .. Maybe(rule.Amount)]);
        foreach (var tier in line.Tiers)
            Write(
                $"[{line.Number}] {tier.Tier.Id}{_rules.SourceOf("programme.yaml", tier.Tier.Line)}",
                Maybe(tier.Condition));
        if (line.Reversal is { Rule: { } made } back)
            Write(
                $"[{line.Number}] {made.Ref.Rule}{_rules.SourceOf(made)}",
                [.. back.Conditions, .. Maybe(back.Amount)]);
    }

    private void Write(string title, ExpressionTrace[] expressions)
    {
        if (expressions.Length == 0)
            return;
        _text.Append("  ").Append(title).Append('\n');
        foreach (var part in expressions.SelectMany(expression => expression.Parts))
            _text.Append(' ', 4 + (2 * part.Depth)).Append(CultureInfo.InvariantCulture, $"{part.Text} = ")
                .Append(part.Value is { } value ? ShownValue.Quoted(value) : phrases.Fill("not-needed"))
                .Append('\n');
    }

    private void WriteOthers(EventExplanation happened)
    {
        var others = happened.Rules.Where(rule => rule.Outcome != RuleOutcome.Acted).ToList();
        if (others.Count == 0)
            return;
        _text.Append('\n').Append(phrases.Fill("not-acting", ("type", happened.Event.Type))).Append('\n');
        foreach (var rule in others)
            _text.Append("  ").Append(_rules.NotActing(rule, happened)).Append('\n');
    }

    private static ExpressionTrace[] Maybe(ExpressionTrace? expression) =>
        expression is null ? [] : [expression];
}
