using MallVip.Rules.Budgets;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Cases;

/// <summary>Reads what a case says is left of budgets when it begins.</summary>
internal static class CaseBudgets
{
    /// <param name="ruleSet">Whose rules are named without their set.</param>
    public static BudgetCount Read(YamlMap? map, string ruleSet, Programme programme, Findings findings)
    {
        var count = new BudgetCount();
        foreach (var (key, value) in map?.Entries ?? [])
        {
            var rule = key.Value.Contains('/', StringComparison.Ordinal)
                ? key.Value
                : $"{ruleSet}/{key.Value}";
            if (programme.FindRule(rule)?.Budget is null)
                findings.Unknown(key.Place, "BUDGET_UNKNOWN", key.Value, NamesOf(programme, ruleSet));
            else if (value is YamlScalar left && Forms.ReadLong(left.Value) is { } number)
                count.SetLeft(rule, number);
        }

        return count;
    }

    private static IEnumerable<string> NamesOf(Programme programme, string ruleSet) =>
        from rule in programme.Rules
        where rule.Budget is not null
        let name = rule.Ref.Rule
        select name.StartsWith(ruleSet + "/", StringComparison.Ordinal) ? name[(ruleSet.Length + 1)..] : name;
}
