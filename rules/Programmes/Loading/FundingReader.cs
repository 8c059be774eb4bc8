using MallVip.Rules.Checking;
using MallVip.Rules.Facts;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads who pays for a rule's points.</summary>
internal static class FundingReader
{
    /// <summary>Null: the mall, as where nothing is said.</summary>
    public static Funding? Read(YamlMap rule, RuleAction? action, Findings findings)
    {
        if (rule.Map("funding") is not { } map)
            return null;
        if (action is not null and not RuleAction.Earn and not RuleAction.Multiply)
            findings.Error(rule.Entry("funding")!.Key.Place, "FUNDING_WITHOUT_POINTS");
        var parts = Funding.Payers.Select(payer => Forms.ReadPercent(map.Text(payer)) ?? 0).ToArray();
        if (parts.Sum() != 100)
            findings.Error(map.Place, "FUNDING_NOT_WHOLE", $"{parts.Sum()}");
        var funding = new Funding(parts[0], parts[1], parts[2]);
        return funding == Funding.ByMall ? null : funding;
    }
}
