using System.Collections.Immutable;
using MallVip.Grains.Programmes;
using MallVip.Rules.Budgets;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Budgets;

/// <summary>What is left of the budgets of the programme in force.</summary>
public sealed class BudgetDesk(ProgrammeHost programmes, BudgetLeases leases, TimeProvider time)
{
    /// <summary>In the order of the rules; of windows the one that now falls into.</summary>
    public async Task<ImmutableArray<BudgetView>> ReadAsync()
    {
        var programme = programmes.Shown;
        var today = DateOnly.FromDateTime(ZoneTime.Local(time.GetUtcNow(), programme.Zone));
        var views = ImmutableArray.CreateBuilder<BudgetView>();
        foreach (var rule in programme.Rules)
        {
            if (rule.Budget is not { } budget)
                continue;
            var key = BudgetKey.Of(rule.Ref.Rule, budget, today);
            var (used, left) = await leases.ReadAsync(key, budget.Total);
            views.Add(new(rule, budget, key, used, Math.Max(0, left)));
        }

        return views.ToImmutable();
    }
}

/// <summary>A rule's budget now.</summary>
/// <param name="Used">Committed and not given back.</param>
/// <param name="Left">What may still be given; less than the rest while purchases are being decided, or while
/// the leases of a silo that died have not been counted.</param>
public sealed record BudgetView(Rule Rule, RuleBudget Budget, BudgetKey Key, long Used, long Left);
