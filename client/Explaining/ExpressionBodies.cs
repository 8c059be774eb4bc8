using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;

namespace MallVip.Client.Explaining;

/// <summary>Rules and expressions as the wire shows them.</summary>
internal static class ExpressionBodies
{
    public static ExpressionBody Of(ExpressionTrace trace) => new(
        trace.Text, ShownValue.Of(trace.Value),
        [
            .. trace.Parts.Select(part => new ExpressionPartBody(
                part.Text, part.Depth, part.Line, part.Column, part.Shown, part.IsRead ? true : null)),
        ]);

    public static RuleBody Of(RuleRef rule) => new(rule.Rule, rule.File, rule.Line);

    /// <param name="happened">The event that the rule was asked about.</param>
    public static RuleWhyBody Of(RuleExplanation rule, EventExplanation happened)
    {
        var acted = rule.Outcome == RuleOutcome.Acted;
        var expressions = rule.Amount is { } amount ? rule.Conditions.Add(amount) : rule.Conditions;
        return new()
        {
            Rule = Of(rule.Rule.Ref),
            Outcome = Formula.WordOf(rule.Outcome),
            Text = acted ? null : new(
                new RuleWords(Phrases.Chinese).ReasonOf(rule, happened),
                new RuleWords(Phrases.English).ReasonOf(rule, happened)),
            Reads = ReadsOf(expressions),
            Conditions = rule.Conditions.IsEmpty ? null : [.. rule.Conditions.Select(Of)],
            Amount = rule.Amount is { } asked ? Of(asked) : null,
            Formula = Formula.Of(rule),
            Rounded = rule.Calculation?.Rounded?.Value,
            Limited = rule.Calculation?.Limited.Value,
            Points = rule.Calculation?.Points.Value,
            Of = rule.Rule.Action is Rules.Programmes.RuleAction.Multiply ? rule.Calculation?.Of : null,
            Group = rule.Group is { } group ? Of(group) : null,
            Limit = Of(rule.Limit),
            Cap = Of(rule.Cap),
        };
    }

    public static ImmutableArray<TierAskedBody> Of(ImmutableArray<TierExplanation> tiers) =>
    [
        .. tiers.Select(asked => new TierAskedBody(
            asked.Tier.Id, asked.Holds, asked.Line == 0 ? null : asked.Line,
            asked.Condition is { } condition ? Of(condition) : null)),
    ];

    private static GroupWhyBody Of(GroupExplanation group) => new(
        group.Group.Id, Formula.WordOf(group.Group.Pick),
        [
            .. group.Offers.Select(offer => new GroupOfferBody(
                offer.Rule.Ref.Rule, Formula.AmountOf(offer), offer.IsPicked)),
        ]);

    private static ImmutableSortedDictionary<string, string>? ReadsOf(ImmutableArray<ExpressionTrace> traces)
    {
        var reads = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var trace in traces)
            foreach (var (node, value) in trace.Reads)
                reads[ExpressionText.Of(node)] = ShownValue.Of(value);
        return reads.Count == 0 ? null : reads.ToImmutable();
    }

    private static WindowUseBody? Of(WindowUse? use) => use is null ? null : new(
        Formula.WordOf(use.Every), use.First == DateOnly.MinValue ? null : use.First, use.Times,
        use.MostTimes, use.Amount.Value, use.MostAmount?.Value);
}
