using System.Diagnostics;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Hostile;

/// <summary>
/// Rules that pass the check and fail at run time. Each is recorded with its reason, and the member's other
/// rules go on.
/// </summary>
public class HostileRuleTests
{
    private const string Base = "  base: { on: mall.purchase, earn: { amount: event.paid } }\n";
    private const string Loop =
        "event.lines.all(a, event.lines.all(b, event.lines.all(c, a.qty + b.qty + c.qty > 0)))";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Failing => new()
    {
        { "when: 1 / (int(event.paid) - 600) > 0, earn: { amount: 1 }", "CEL_DIVIDE_BY_ZERO" },
        { "when: 1 % (int(event.paid) - 600) > 0, earn: { amount: 1 }", "CEL_DIVIDE_BY_ZERO" },
        { "when: event.paid / (event.paid - 600) > 0, earn: { amount: 1 }", "CEL_DIVIDE_BY_ZERO" },
        { "earn: { amount: event.paid / (event.paid - 600) }", "CEL_DIVIDE_BY_ZERO" },
        { "multiply: { by: event.paid / (event.paid - 600) }", "CEL_DIVIDE_BY_ZERO" },
        { "when: int(event.paid) * 9223372036854775807 > 0, earn: { amount: 1 }", "CEL_OVERFLOW" },
        { "earn: { amount: event.paid * decimal(\"79228162514264337593543950335\") }", "CEL_OVERFLOW" },
        { "earn: { amount: event.paid * decimal(\"1000000000000000000000\") }", "rule gave more than" },
        { "earn: { amount: event.paid * 10000000000000000 }", "more than any wallet holds" },
        { "when: 'event.lines[999].paid > 1', earn: { amount: 1 }", "CEL_INDEX_OUT_OF_RANGE" },
        { "when: '{\"a\": 1}[event.store.category] > 0', earn: { amount: 1 }", "CEL_NO_SUCH_KEY" },
        { "when: member.attributes.children > 1, earn: { amount: 1 }", "CEL_ABSENT" },
        { "when: int(event.receipt) > 0, earn: { amount: 1 }", "CEL_BAD_CONVERSION" },
        { $"when: '{Loop}', earn: {{ amount: 1 }}", "CEL_BUDGET_EXCEEDED" },
        { $"earn: {{ amount: '{Loop} ? 1 : 2' }}", "CEL_BUDGET_EXCEEDED" },
        { "set: { attribute: city, to: string(member.attributes.children) }", "CEL_ABSENT" },
        { "set: { attribute: children, to: 1 / (int(event.paid) - 600) }", "CEL_DIVIDE_BY_ZERO" },
        { "alert: { name: odd, data: { at: event.paid / (event.paid - 600) } }", "CEL_DIVIDE_BY_ZERO" },
        { "webhook: { name: crm, data: { at: member.attributes.children } }", "CEL_ABSENT" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void A_failing_rule_is_recorded_with_its_reason_and_stops_no_other(string body, string reason)
    {
        var shopper = new Shopper(Of($"  bad: {{ on: mall.purchase, priority: 9, {body} }}\n"));
        var watch = Stopwatch.StartNew();

        shopper.Buys("noodles", 600, lines: Basket(200));

        Assert.True(watch.Elapsed < Patience, $"{watch.Elapsed}");
        var warned = Assert.Single(shopper.Last.OfType<Fact.Warned>());
        Assert.Equal(("rule_failed", "t/bad"), (warned.Code, warned.Why?.Rule));
        Assert.Contains(reason, warned.Detail, StringComparison.Ordinal);
        Assert.Equal("t/base 600\n= 600", LedgerText.Earned(shopper));
    }

    [Fact]
    public void A_tier_whose_condition_fails_is_recorded_and_the_points_are_there()
    {
        var programme = Small.Programme("ruleset: t\nrules:\n" + Base, Small.Declarations.Replace(
            "when: member.spent(\"365d\") >= 1000", "when: 1 / (int(member.spent(\"365d\")) - 600) > 0",
            StringComparison.Ordinal));

        var shopper = new Shopper(programme).Buys("noodles", 600);

        Assert.Contains("tier_failed", shopper.Warnings);
        Assert.Equal("t/base 600\n= 600", LedgerText.Earned(shopper));
    }

    [Fact]
    public void A_tag_whose_end_fails_is_recorded_stays_and_stops_nothing()
    {
        var shopper = new Shopper(Of(
            "  vip: { on: mall.purchase, tag: { name: vip, until: 1 / (member.events - 2) > 5 } }\n"));

        shopper.Buys("noodles", 10).Buys("noodles", 10).Buys("noodles", 10);

        Assert.Contains(shopper.State.Tags, tag => tag.Tag == "vip");
        Assert.Contains(shopper.Journal.SelectMany(entry => entry.Facts).OfType<Fact.Warned>(),
            warned => warned.Why?.Rule == "t/vip" && warned.Code == "rule_failed");
        Assert.Equal(30, shopper.State.Available("points").Value);
    }

    [Fact]
    public void A_thousand_looping_rules_cost_moments_and_the_plain_rules_go_on()
    {
        var rules = string.Concat(Enumerable.Range(0, 1_000).Select(n =>
            $"  loop{n}: {{ on: mall.purchase, when: '{Above(-n)}', earn: {{ amount: {n} }} }}\n"));
        var shopper = new Shopper(Of(rules));
        shopper.Buys("noodles", 1, lines: Basket(200));
        var watch = Stopwatch.StartNew();

        shopper.Buys("noodles", 600, lines: Basket(200));

        Assert.True(watch.Elapsed < Patience, $"{watch.Elapsed}");
        Assert.Equal("t/base 600\n= 600", LedgerText.Earned(shopper));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59+08:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9998-12-31T12:00")]
    public void A_case_at_the_end_of_time_is_a_finding(string time)
    {
        var result = Small.Load($$"""
            ruleset: t
            rules:
              r:
                on: mall.purchase
                earn: { amount: 1 }
              t: { on: mall.purchase, tag: { name: x, for: 9999d } }
              g: { on: mall.purchase, tier: { to: gold, for: 999mo } }
            cases:
              - name: late
                event: { type: mall.purchase, time: "{{time}}", store: noodles, paid: 1 }
                expect: { points: 2 }
            """);

        Assert.Null(result.Programme);
        Assert.All(result.Diagnostics, found => Assert.InRange(found.Place.Line, 8, 11));
    }

    private static string Above(int least) => Loop.Replace("> 0", $"> {least}", StringComparison.Ordinal);

    private static Programme Of(string rules) => Small.Programme("ruleset: t\nrules:\n" + rules + Base);

    private static PurchaseLine[] Basket(int lines) =>
        [.. Enumerable.Range(0, lines).Select(_ => new PurchaseLine(null, null, null, 1, new(3)))];
}
