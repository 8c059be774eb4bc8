using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads what a rule may give to all members together.</summary>
internal static class BudgetReader
{
    /// <summary>Null: any amount.</summary>
    public static RuleBudget? Read(YamlMap rule, RuleAction? action, Findings findings)
    {
        if (rule.Map("budget") is not { } map)
            return null;
        if (action is not null && map.Scalar("wallet") is { } named && named.Value != action.PointsWallet)
            findings.Error(named.Place, "BUDGET_OTHER_WALLET", named.Value);
        return Forms.ReadLong(map.Text("total")) is { } total
            ? new(
                total,
                Words<LimitWindow>.Read(map.Text("every")) ?? LimitWindow.Ever,
                Words<OnShort>.Read(map.Text("on-short")) ?? OnShort.Skip,
                Words<BudgetReturn>.Read(map.Text("on-return")) ?? BudgetReturn.GiveBack)
            : null;
    }
}
