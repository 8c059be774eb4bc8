using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>A programme written in C#, so that the ledger is tested without files and CEL.</summary>
internal sealed class FakeProgramme : IRuleMatcher
{
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private readonly List<(Rule Rule, Func<EvalContext, decimal?> Amount)> _rules = [];
    private readonly List<Wallet> _wallets = [];
    private readonly List<Tier> _tiers = [];
    private readonly Dictionary<string, Store> _stores = [];
    private readonly Dictionary<string, Mall> _malls = [];

    public TimeZoneInfo Zone { get; set; } = Shanghai;

    public ClaimLimits Claims { get; init; } = ClaimLimits.Default;

    public FakeProgramme Mall(string id, TimeZoneInfo zone, params string[] stores)
    {
        _malls[id] = new(id, id, "CNY", zone);
        foreach (var store in stores)
            _stores[store] = new(store, store, store.Split('-')[0], _malls[id]);
        return this;
    }

    public FakeProgramme Wallet(string id, Func<Wallet, Wallet>? policies = null)
    {
        var wallet = new Wallet(id, id);
        _wallets.Add(policies is null ? wallet : policies(wallet));
        return this;
    }

    public FakeProgramme Tier(
        string id, Func<EvalContext, bool>? entry, int? months = null, Func<Tier, Tier>? with = null)
    {
        var tier = new Tier(
            id, id, _tiers.Count, entry is null ? null : new FakeCondition(entry),
            months is { } valid ? new(valid) : null);
        _tiers.Add(with is null ? tier : with(tier));
        return this;
    }

    /// <summary>An earn rule for purchases: the amount, or null where it does not match.</summary>
    public FakeProgramme Earn(
        string id, Func<EvalContext, decimal?> amount, Func<Rule, Rule>? with = null,
        string wallet = "points",
        Rounding round = Rounding.Floor, string on = EventTypes.Purchase) =>
        Add(id, on, new RuleAction.Earn(wallet, round), amount, with);

    public FakeProgramme Multiply(
        string id, Func<EvalContext, decimal?> by, Func<Rule, Rule>? with = null, string wallet = "points",
        string on = EventTypes.Purchase) =>
        Add(id, on, new RuleAction.Multiply(wallet, Rounding.Floor), by, with);

    public FakeProgramme Tag(
        string id, string tag, TimeSpan? time, Func<EvalContext, bool> when, string on) =>
        Add(id, on, new RuleAction.Tag(tag, time), context => when(context) ? 0 : null, null);

    public FakeProgramme Guard(
        string id, Func<EvalContext, bool> when, Func<Rule, Rule>? with = null,
        string on = EventTypes.Purchase) =>
        Add(id, on, new RuleAction.Review($"{id}!"), context => when(context) ? 0 : null, with);

    public FakeProgramme Untag(string id, string tag, string on) =>
        Add(id, on, new RuleAction.Untag(tag), _ => 0, null);

    public Programme Build() => new()
    {
        Version = new string('0', 64),
        Zone = Zone,
        Claims = Claims,
        Malls = _malls.ToFrozenDictionary(),
        Stores = _stores.ToFrozenDictionary(),
        Wallets = [.. _wallets],
        Tiers = [.. _tiers],
        Attributes = FrozenDictionary<string, AttributeType>.Empty,
        EventTypes = FrozenDictionary<string, CustomEventType>.Empty,
        ParkingLots = _malls.Values.ToFrozenDictionary(mall => mall.Id + "-p", mall =>
            new ParkingLot(mall.Id + "-p", mall.Id, mall)),
        HasGuards = _rules.Exists(rule => rule.Rule.Action is RuleAction.Review),
        Rules = [.. _rules.Select(rule => rule.Rule)],
        Matcher = this,
        Sources = ImmutableSortedDictionary<string, string>.Empty,
    };

    public void Match(EvalContext context, List<RuleMatch> matches)
    {
        foreach (var (rule, amount) in _rules)
            if (rule.On == context.Event.Type && Evaluate(rule, amount, context) is { } match)
                matches.Add(match);
    }

    private static RuleMatch? Evaluate(Rule rule, Func<EvalContext, decimal?> amount, EvalContext context)
    {
        try
        {
            return amount(context) is { } value ? new RuleMatch(rule, value, null) : null;
        }
        catch (DivideByZeroException)
        {
            return new RuleMatch(rule, 0, new("division_by_zero", "Division by zero."));
        }
    }

    private FakeProgramme Add(
        string id, string on, RuleAction action, Func<EvalContext, decimal?> amount, Func<Rule, Rule>? with)
    {
        var place = _rules.Count;
        var rule = new Rule
        {
            Ref = new("points/" + id, "points.yaml", 10 * (place + 1)),
            On = on,
            Action = action,
            Order = place
        };
        _rules.Add((with is null ? rule : with(rule), amount));
        return this;
    }

    private sealed class FakeCondition(Func<EvalContext, bool> holds) : ICondition
    {
        public bool Holds(EvalContext context, out RuleFault? fault)
        {
            fault = null;
            return holds(context);
        }
    }
}
