using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding;

/// <summary>What rules do besides points, each within the limit of its rule.</summary>
internal sealed class RuleActions(DecisionDraft draft, EventScope scope, EvalContext context)
{
    /// <summary>Acts, or does nothing where nothing would change or the limit is used up.</summary>
    public void Act(in RuleMatch match)
    {
        var rule = match.Rule;
        if (match.Fault is { } fault)
            Warn(rule, fault);
        else if (FactOf(rule) is { } fact &&
            LimitWindows.Cut(draft.State, rule, scope.Day, new Points(1)) > Points.Zero)
            Add(rule, fact);
    }

    private void Add(Rule rule, Fact fact)
    {
        if (BudgetAsking.Ask(draft, rule, scope.Day, new Points(1)) is { } answer)
        {
            BudgetAsking.Record(draft, answer, answer.Granted);
            draft.Context.Observer?.BudgetAsked(rule, answer);
            if (answer.Granted == Points.Zero)
                return;
        }

        draft.Add(fact);
        if (fact is Fact.TagAdded given)
            TagGroups.Displace(draft, given);
        if (rule.Action is RuleAction.GrantCoupon grant)
            CouponDesk.Count(draft, grant.Template, scope.Day);
        if (rule.Limit is not { } limit)
            return;
        var (first, ends) = LimitWindows.Of(limit.Every, scope.Day);
        draft.Add(new Fact.LimitUsed(rule.Ref.Rule, first, ends, 1, Points.Zero));
    }

    private Fact? FactOf(Rule rule) => rule.Action switch
    {
        RuleAction.Earn or RuleAction.Multiply => null,
        RuleAction.Tag tag => Tag(rule, tag),
        RuleAction.Untag untag => Tags.Find(draft.State, untag.Name) is null
            ? null
            : new Fact.TagRemoved(untag.Name, "rule", rule.Ref),
        RuleAction.SetAttribute set => Set(rule, set),
        RuleAction.GiveTier give => TierLadder.Give(draft, scope, rule, give),
        RuleAction.GrantCoupon grant => Coupon(rule, grant.Template),
        RuleAction.Effect effect => Effect(rule, effect),
        RuleAction.Review review => new Fact.Flagged(rule.Ref, review.Reason),
        _ => throw new InvalidOperationException($"Unknown action of {rule.Ref.Rule}."),
    };

    /// <summary>Null: the member has been granted as many as it may, or the template is over.</summary>
    private Fact? Coupon(Rule rule, CouponTemplate template)
    {
        if (CouponDesk.RefuseGrant(draft, template, scope.Event.Time, scope.Zone, scope.Day) is not null)
            return null;
        return template.IsCounted
            ? new Fact.CouponAsked(
                $"{draft.State.Id}/{draft.State.Coupons?.NextAsk ?? 1}", template.Id, draft.Now, rule.Ref)
            : CouponDesk.Granted(
                draft, template, scope.Event.Time, scope.Zone, CouponCause.Rule, rule.Ref);
    }

    private Fact.TagAdded? Tag(Rule rule, RuleAction.Tag tag)
    {
        var at = scope.Event.Time;
        DateTimeOffset? until = tag.For is { } time ? at + time : null;
        return Tags.Find(draft.State, tag.Name) is { } present && !Tags.EndsLater(until, present.Until)
            ? null
            : new(tag.Name, at, until, rule.Ref);
    }

    private Fact.AttributeSet? Set(Rule rule, RuleAction.SetAttribute set)
    {
        var value = rule.Values[0].Value.Evaluate(context, out var fault);
        if (value is not null && draft.Programme.Attributes.TryGetValue(set.Attribute, out var declared)
            && !declared.Allows(value))
            (value, fault) = (null, new(
                "ATTRIBUTE_VALUE", $"It is none of the choices of {set.Attribute}, or out of its range."));
        if (fault is not null)
            Warn(rule, fault);
        return value is null || value.Equals(draft.State.Attributes.GetValueOrDefault(set.Attribute))
            ? null
            : new(set.Attribute, value, rule.Ref);
    }

    private Fact.Effect? Effect(Rule rule, RuleAction.Effect effect)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, FieldValue>(StringComparer.Ordinal);
        foreach (var (name, value) in rule.Values)
        {
            if (value.Evaluate(context, out var fault) is not { } kept)
            {
                Warn(rule, fault!);
                return null;
            }

            data[name] = kept;
        }

        return new(effect.Kind, effect.Target, data.ToImmutable(), rule.Ref);
    }

    private void Warn(Rule rule, RuleFault fault) =>
        draft.Warn(WarningCodes.RuleFailed, $"{fault.Code}: {fault.Message}", rule.Ref);
}
