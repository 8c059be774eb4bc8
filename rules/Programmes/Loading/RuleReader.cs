using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Turns rule files, whose shapes have been checked, into draft rules; ids are unique over all files.
/// </summary>
internal sealed class RuleReader(Declarations declared, Findings findings)
{
    private readonly Dictionary<string, Place> _ruleSets = new(StringComparer.Ordinal);
    private readonly ActiveReader _active = new(declared, findings);
    private readonly ActionReader _actions = new(declared, findings);
    private int _order;

    /// <summary>Null: the file has no rule set, and its finding says so.</summary>
    public RuleFile? Read(string path, YamlMap file)
    {
        if (file.Scalar("ruleset") is not { IsNull: false } ruleSet)
            return null;
        if (!_ruleSets.TryAdd(ruleSet.Value, ruleSet.Place))
            findings.Error(ruleSet.Place, "RULESET_TWICE", ruleSet.Value, _ruleSets[ruleSet.Value]
                .ToString());
        var groups = new GroupReader(ruleSet.Value, file.Map("groups"), findings);
        var rules = new List<DraftRule>();
        foreach (var (id, value) in file.Map("rules")?.Entries ?? [])
            if (value is YamlMap rule && ReadRule(path, ruleSet.Value, id, rule, groups) is { } draft)
                rules.Add(draft);
        return new(path, ruleSet, rules, file.List("cases"));
    }

    private DraftRule? ReadRule(
        string path, string ruleSet, YamlScalar id, YamlMap map, GroupReader groups)
    {
        var on = map.Scalar("on");
        if (on is not null)
            CheckEvent(on);
        var draft = _actions.Read(id, map);
        var action = draft?.Action;
        var limit = map.Map("limit") is { } limits ? ReadLimit(limits) : null;
        var budget = BudgetReader.Read(map, action, findings);
        var funding = FundingReader.Read(map, action, findings);
        var group = groups.Of(map, action);
        CheckApplies(map, action);
        if (on is null || draft is null || action is null)
            return null;
        var rule = new Rule
        {
            Ref = new($"{ruleSet}/{id.Value}", path, id.Place.Line),
            On = on.Value,
            Action = action,
            Group = group,
            Funding = funding,
            OnReturn = Words<OnReturn>.Read(map.Text("on-return")) ?? OnReturn.ProRata,
            Limit = limit,
            Budget = budget,
            Priority = Forms.ReadInteger(map.Text("priority")) ?? 0,
            Order = _order++,
            Active = map.Map("active") is { } active ? _active.Read(active) : null,
            Label = map.Map("label") is { } label ? new(label.Text("zh"), label.Text("en")) : null,
        };
        return new(rule, id, map.Scalar("when"), draft.Amount, draft.Until,
            draft.Values);
    }

    private RuleLimit? ReadLimit(YamlMap limit)
    {
        var times = Forms.ReadInteger(limit.Text("times"));
        var amount = Forms.ReadLong(limit.Text("amount"));
        if (limit["times"] is null && limit["amount"] is null)
            findings.Error(limit.Place, "LIMIT_WITHOUT_BOUND");
        return Words<LimitWindow>.Read(limit.Text("every")) is { } every ? new(every, times, amount) : null;
    }

    private void CheckApplies(YamlMap map, RuleAction? action)
    {
        if (map.Entry("on-return") is { Value: YamlScalar { Value: "re-evaluate" } again } &&
            EventTypes.IsChained(map.Text("on") ?? ""))
            findings.Error(again.Place, "ON_RETURN_CHAINED");
        if (action is not null and not RuleAction.Earn && map.Entry("on-return") is { } policy)
            findings.Error(policy.Key.Place, "ON_RETURN_NOT_EARN");
        if (action is not null and not RuleAction.Earn and not RuleAction.Multiply &&
            map.Map("limit")?.Entry("amount") is { } amount)
            findings.Error(amount.Key.Place, "LIMIT_AMOUNT_WITHOUT_POINTS");
    }

    private void CheckEvent(YamlScalar on)
    {
        var name = on.Value.Split('(')[0];
        if (KnownEvents.CanBeAwaited(on.Value, declared))
            return;
        if (TimedEvent.KindOf(name) is not null)
            findings.Error(on.Place, "EVENT_DAYS", on.Value, name, $"{TimedEvent.MostDays}");
        else
            findings.Unknown(on.Place, "EVENT_TYPE_UNKNOWN", on.Value, EventTypesByName());
    }

    private IEnumerable<string> EventTypesByName() =>
        KnownEvents.BuiltIn.Select(type => TimedEvent.KindOf(type) is null ? type : type + "(30d)")
            .Concat(declared.EventTypes.Keys).Order(StringComparer.Ordinal);
}
