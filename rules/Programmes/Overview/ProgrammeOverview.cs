using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Overview;

/// <summary>A programme as an operator reads it: per event type the rules, in the order they act.</summary>
public static class ProgrammeOverview
{
    /// <summary>Event types by name; of one, earn rules, then multipliers, then all else.</summary>
    public static ImmutableArray<EventOverview> Of(Programme programme) =>
    [
        .. programme.Rules.GroupBy(rule => rule.On, StringComparer.Ordinal)
            .OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => new EventOverview(
                type.Key, [.. Ordered(type).Select(rule => Of(programme, rule))])),
    ];

    private static IEnumerable<Rule> Ordered(IEnumerable<Rule> rules) =>
        rules.OrderBy(Step).ThenByDescending(rule => rule.Priority).ThenBy(rule => rule.Order);

    private static int Step(Rule rule) => rule.Action switch
    {
        RuleAction.Earn => 0,
        RuleAction.Multiply => 1,
        _ => 2,
    };

    private static RuleOverview Of(Programme programme, Rule rule)
    {
        var (action, target, round) = ActionOf(rule.Action);
        var compiled = programme.Compiled[rule.Ref.Rule];
        var details = ImmutableArray.CreateBuilder<RuleDetail>();
        if (compiled.Conjuncts.Length > 0)
            details.Add(new("when", compiled.Conjuncts[0].Compile().Source));
        if (rule.Active is { } active)
            details.Add(new("active", TextOf(active)));
        if (rule.Group is { } group)
            details.Add(new("group", $"{group.Id}, {Words<Pick>.WordOf(group.Pick)}"));
        if (rule.Limit is { } limit)
            details.Add(new("limit", TextOf(limit)));
        if (rule.Budget is { } budget)
            details.Add(new("budget", TextOf(budget)));
        if (rule.Funding is { } funding)
            details.Add(new("funding", funding.ToString()));
        return new(rule, action, target, compiled.AmountText, round, details.ToImmutable());
    }

    private static (string Action, string Target, Rounding? Round) ActionOf(RuleAction action) =>
        action switch
        {
            RuleAction.Earn earn => ("earn", earn.Wallet, earn.Round),
            RuleAction.Multiply multiply => ("multiply", multiply.Wallet, multiply.Round),
            RuleAction.Tag tag => ("tag", tag.Name, null),
            RuleAction.Untag untag => ("untag", untag.Name, null),
            RuleAction.SetAttribute set => ("set", set.Attribute, null),
            RuleAction.GiveTier give => ("tier", give.To, null),
            RuleAction.GrantCoupon grant =>
                (Words<EffectKind>.WordOf(EffectKind.GrantCoupon), grant.Template.Id, null),
            RuleAction.Review review => ("review", review.Reason, null),
            RuleAction.Effect effect => (Words<EffectKind>.WordOf(effect.Kind), effect.Target, null),
            _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
        };

    private static string TextOf(ActiveWindow active)
    {
        var parts = new List<string>();
        if (active.From is not null || active.To is not null)
            parts.Add($"{Day(active.From)}..{Day(active.To)}");
        if (!active.Days.IsDefaultOrEmpty)
            parts.Add(string.Join(' ', WeekDays.Words.Where(
                word => WeekDays.Read(word) is { } day && active.Days.Contains(day))));
        if (active.Start is { } start && active.End is { } end)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{start:HH:mm}-{end:HH:mm}"));
        parts.AddRange(active.Calendars.Select(calendar => calendar.Id));
        parts.AddRange(active.Except.Select(calendar => $"except {calendar.Id}"));
        return string.Join(", ", parts);
    }

    private static string TextOf(RuleLimit limit)
    {
        var parts = new List<string> { $"every {Words<LimitWindow>.WordOf(limit.Every)}" };
        if (limit.Times is { } times)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"times {times}"));
        if (limit.Amount is { } amount)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"amount {amount}"));
        return string.Join(", ", parts);
    }

    private static string TextOf(RuleBudget budget) => string.Create(
        CultureInfo.InvariantCulture,
        $"{budget.Total} {Words<LimitWindow>.WordOf(budget.Every)}, {Words<OnShort>.WordOf(budget.OnShort)}");

    private static string Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
