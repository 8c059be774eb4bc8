using MallVip.Rules.Explaining;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Explaining;

/// <summary>Explanations of what a shopper did.</summary>
internal static class Why
{
    /// <summary>Of an entry, the last by default.</summary>
    public static EntryExplanation Explain(Shopper shopper, int? seq = null) =>
        Explain(shopper.Past, seq ?? shopper.Past.Count, shopper.Programme);

    private static EntryExplanation Explain(List<PastEntry> past, int seq, Programme programme) =>
        EntryExplainer.Explain(MemberPast.Of(
            past.Take(seq).ToList(),
            new Dictionary<string, Programme> { [programme.Version] = programme }));

    /// <summary>Each rule and what became of it, with the first condition that does not hold.</summary>
    public static string Outcomes(EntryExplanation explanation) => string.Join(
        "\n", explanation.Events[^1].Rules.Select(rule =>
            $"{rule.Rule.Ref.Rule}: {rule.Outcome}" + Points(rule) + FirstFalse(rule)));

    private static string Points(RuleExplanation rule) =>
        rule is { Outcome: RuleOutcome.Acted, Calculation: { } line } ? $" {line.Points}" : "";

    private static string FirstFalse(RuleExplanation rule) =>
        rule.Outcome == RuleOutcome.ConditionFalse ? $" {rule.FirstFalse?.WithValues}" : "";
}
