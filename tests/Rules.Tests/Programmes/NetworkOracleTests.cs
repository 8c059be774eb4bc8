using MallVip.Rules.Cel;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>
/// The network against a matcher that evaluates every rule's whole condition for every event.
/// </summary>
public class NetworkOracleTests
{
    private static readonly string[] Tests =
    [
        "event.store.category == \"beauty\"", "event.store.category == \"dining\"",
            "event.store.category != \"beauty\"",
        "event.store.id == \"fresh\"", "event.store.id in [\"fresh\", \"noodles\"]",
            "\"beauty-hall\" == event.store.id",
        "event.store.category in [\"dining\", \"beauty\", \"supermarket\"]", "event.mall == \"bay\"",
        "member.tier == \"gold\"", "member.tier in [\"silver\", \"gold\"]", "member.tier == \"\"",
        "event.paid >= 100", "event.paid < 50", "member.hasTag(\"vip\")", "!member.hasTag(\"vip\")",
        "event.till == \"A1\"", "event.lines[0].sku == \"x\"", "event.lines[0].sku in [\"x\", \"y\"]",
        "1 / (int(event.paid) - 100) >= 0", "event.local.weekday == \"sat\"",
            "event.lines.exists(l, l.paid > 10)",
        "(event.paid > 90 || member.hasTag(\"vip\"))",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_network_finds_what_trying_every_rule_finds(int seed)
    {
        var random = new Random(seed);
        var conditions = Enumerable.Range(0, 120).Select(_ => Condition(random)).ToArray();
        var programme = Small.Programme(Small.Rules("mall.purchase", conditions));
        var oracle = Oracle(conditions);
        for (var n = 0; n < 300; n++)
        {
            var context = Small.Context(programme, RandomEvent(random), RandomMember(random));
            var matches = new List<RuleMatch>();
            programme.Matcher.Match(context, matches);

            Assert.Equal(oracle(context),
                matches.Select(match => (match.Rule.Order, match.Fault is not null)));
        }
    }

    private static Func<EvalContext, IEnumerable<(int Order, bool Failed)>> Oracle(string[] conditions)
    {
        var main = MallVip.Rules.Yaml.YamlReader.Read("programme.yaml", Small.Declarations, new())!;
        var language = new RuleLanguage(new DeclarationReader(main, [], new()).Read());
        var expressions = conditions
            .Select(condition => language.Compile("mall.purchase", condition, CelType.Bool).Expression!)
            .ToArray();
        return context => Enumerate(expressions, context);
    }

    private static IEnumerable<(int Order, bool Failed)> Enumerate(CelExpression<EvalContext>[] expressions,
        EvalContext context)
    {
        for (var order = 0; order < expressions.Length; order++)
            if (!expressions[order].TryEvaluate(context, out bool holds, out var error))
                yield return (order, error is not null);
            else if (holds)
                yield return (order, false);
    }

    private static string Condition(Random random) =>
        string.Join(" && ", Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => Tests[random.Next(Tests.Length)]));

    private static MallVip.Rules.Events.MallEvent RandomEvent(Random random)
    {
        string[] stores = ["beauty-hall", "noodles", "fresh"];
        var lines = random.Next(3) == 0 ? ""
            : $$""","lines":[{"sku":"{{"xyz"[random.Next(3)]}}","paid":{{random.Next(20)}}}]""";
        var store = stores[random.Next(3)];
        var till = random.Next(2) == 0 ? "" : ""","till":"A1" """;
        return Small.Event(
            "mall.purchase",
            $$"""{"receipt":"1","store":"{{store}}","paid":{{random.Next(3) * 50}}{{lines}}{{till}}}""",
            $"2026-11-{random.Next(20, 23)}T12:00:00+08:00");
    }

    private static MemberState RandomMember(Random random)
    {
        string[] tiers = ["", "silver", "gold"];
        var tier = tiers[random.Next(3)];
        return MemberState.Empty with
        {
            Tier = tier.Length == 0 ? null : new(tier, DateTimeOffset.UnixEpoch, null),
            Tags = random.Next(2) == 0 ? [] : [new TagState("vip", DateTimeOffset.UnixEpoch, null, null)],
        };
    }
}
