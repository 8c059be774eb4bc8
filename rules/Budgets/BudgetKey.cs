using System.Globalization;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Budgets;

/// <summary>Which budget: a rule's, in one window.</summary>
/// <param name="Rule">The rule's full id.</param>
/// <param name="First">The window's first mall-local day; <see cref="DateOnly.MinValue"/>: ever.</param>
public readonly record struct BudgetKey(string Rule, DateOnly First) : IComparable<BudgetKey>
{
    /// <summary>The budget of the window that a mall-local day falls into.</summary>
    public static BudgetKey Of(string rule, RuleBudget budget, DateOnly day) =>
        new(rule, LimitWindows.Of(budget.Every, day).First);

    /// <summary>Budgets are acquired in this order, so that nobody waits in a ring.</summary>
    public int CompareTo(BudgetKey other)
    {
        var byRule = string.CompareOrdinal(Rule, other.Rule);
        return byRule != 0 ? byRule : First.CompareTo(other.First);
    }

    public override string ToString() => First == DateOnly.MinValue
        ? Rule
        : string.Create(CultureInfo.InvariantCulture, $"{Rule} from {First:yyyy-MM-dd}");

    public static bool operator <(BudgetKey left, BudgetKey right) => left.CompareTo(right) < 0;

    public static bool operator >(BudgetKey left, BudgetKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(BudgetKey left, BudgetKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BudgetKey left, BudgetKey right) => left.CompareTo(right) >= 0;
}
