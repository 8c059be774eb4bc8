using System.Globalization;
using MallVip.Rules.Network;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Programmes;

public class NetworkTests
{
    [Fact]
    public void Rules_come_by_priority_then_in_file_order()
    {
        var programme = Small.Programme("""
            ruleset: t
            rules:
              a: { on: mall.purchase, earn: { amount: 1 } }
              b: { on: mall.purchase, priority: 5, earn: { amount: 2 } }
              c: { on: mall.purchase, priority: -1, earn: { amount: 3 } }
              d:
                on: mall.purchase
                when: event.store.category == "beauty"
                earn: { amount: event.paid / 8 }
            """);

        var matches = Small.Match(programme, Small.Purchase("beauty-hall", 100));

        Assert.Equal([("t/b", 2m), ("t/a", 1m), ("t/d", 12.5m), ("t/c", 3m)],
            matches.Select(one => (one.Rule.Ref.Rule, one.Amount)));
    }

    [Fact]
    public void Equal_tests_of_different_rules_are_one_node()
    {
        var graph = Graph(
            "event.paid > 5 && event.store.category == \"beauty\"",
            "event.store.category == 'beauty' && event.paid>5",
            "event.paid > 5");

        Assert.Single(graph.Nodes, node => node.Kind == "test");
        Assert.Single(graph.Nodes, node => node.Kind == "index");
        Assert.Equal(3, graph.Nodes.Count(node => node.Kind == "rule"));
    }

    [Fact]
    public void The_path_that_most_rules_test_becomes_the_first_index()
    {
        var graph = Graph(
            "event.store.category == \"beauty\"",
            "event.store.category == \"dining\" && member.tier == \"gold\"",
            "event.store.category in [\"dining\", \"beauty\"]",
            "member.tier == \"silver\"");

        var indexes = graph.Nodes.Where(node => node.Kind == "index").Select(node => node.Text);
        Assert.Equal(["event.store.category", "member.tier", "member.tier"], indexes);
        Assert.Contains(graph.Edges, edge => edge.Text == "dining");
    }

    [Fact]
    public void Bounds_of_one_number_stand_in_their_order_behind_the_indexes()
    {
        var graph = Graph(
            "event.paid >= 500 && event.store.category == \"beauty\"",
            "event.store.category == \"beauty\" && event.paid > 500",
            "event.store.category == \"beauty\" && 100 < event.paid && event.paid < 900",
            "event.store.category == \"beauty\" && event.paid >= 20 && member.tier != \"gold\"",
            "event.paid >= 500 && event.paid < 600");

        var range = Assert.Single(graph.Nodes, node => node.Kind == "range");
        Assert.Equal("event.paid", range.Text);
        Assert.Equal([">= 20", "> 100", ">= 500", "> 500"],
            graph.Edges.Where(edge => edge.From == range.Id).Select(edge => edge.Text));
        Assert.Equal(
            ["(event.paid < 600)", "(event.paid < 900)", "(event.paid >= 500)", "(member.tier != \"gold\")"],
            graph.Nodes.Where(node => node.Kind == "test").Select(node => node.Text).Order());
    }

    [Theory]
    [InlineData("99.99", new int[0])]
    [InlineData("100", new[] { 0 })]
    [InlineData("100.01", new[] { 0, 1 })]
    [InlineData("250", new[] { 0, 1, 2, 3 })]
    public void A_range_keeps_what_its_bounds_say(string paid, int[] rules)
    {
        var programme = Small.Programme(Small.Rules(
            "mall.purchase", "event.paid >= 100", "event.paid > 100", "event.paid >= 250",
            "200 < event.paid"));

        var matches = Small.Match(programme, Small.Purchase(
            "noodles", decimal.Parse(paid, CultureInfo.InvariantCulture)));

        Assert.Equal(rules, matches.Select(match => match.Rule.Order));
    }

    [Fact]
    public void A_false_test_absorbs_one_that_fails()
    {
        var programme = Small.Programme(Small.Rules(
            "mall.purchase",
            "1 / (int(event.paid) - 100) > 0 && event.store.id == \"fresh\"",
            "event.store.id == \"fresh\" && 1 / (int(event.paid) - 100) > 0",
            "1 / (int(event.paid) - 100) > 0 && event.store.id == \"noodles\""));

        var match = Assert.Single(Small.Match(programme, Small.Purchase("noodles", 100)));

        Assert.Equal(("t/r2", "CEL_DIVIDE_BY_ZERO"), (match.Rule.Ref.Rule, match.Fault?.Code));
    }

    [Fact]
    public void An_index_that_cannot_be_read_fails_only_the_rules_that_nothing_else_excludes()
    {
        var programme = Small.Programme(Small.Rules(
            "mall.purchase",
            "event.lines[0].sku == \"a\"",
            "event.lines[0].sku == \"a\" && event.paid > 1000",
            "event.lines[0].sku == \"b\" && event.paid > 5"));

        var matches = Small.Match(programme, Small.Purchase("noodles", 100));

        Assert.Equal(["t/r0", "t/r2"], matches.Select(match => match.Rule.Ref.Rule));
        Assert.All(matches, match => Assert.NotNull(match.Fault));
    }

    [Fact]
    public void An_amount_that_fails_is_the_rules_fault_alone()
    {
        var programme = Small.Programme("""
            ruleset: t
            rules:
              bad: { on: mall.purchase, earn: { amount: event.paid / (event.paid - 100) } }
              good: { on: mall.purchase, earn: { amount: event.paid } }
            """);

        var matches = Small.Match(programme, Small.Purchase("noodles", 100));

        Assert.Equal([("t/bad", true), ("t/good", false)],
            matches.Select(one => (one.Rule.Ref.Rule, one.Fault is not null)));
    }

    [Theory]
    [InlineData("2026-11-21T09:59:59+08:00", false)]
    [InlineData("2026-11-21T10:00:00+08:00", true)]
    [InlineData("2026-11-21T21:59:59+08:00", true)]
    [InlineData("2026-11-21T22:00:00+08:00", false)]
    [InlineData("2026-11-20T12:00:00+08:00", false)]
    [InlineData("2027-01-02T12:00:00+08:00", false)]
    [InlineData("2026-11-21T03:00:00Z", true)]
    public void A_window_is_in_the_time_of_the_mall(string time, bool acts)
    {
        var programme = Small.Programme("""
            ruleset: t
            rules:
              r:
                on: mall.purchase
                active: { from: 2026-11-01, to: 2026-12-31, days: [sat, sun], hours: "10:00-22:00" }
                earn: { amount: 1 }
            """);

        Assert.Equal(acts ? 1 : 0, Small.Match(programme, Small.Purchase("noodles", 1, time)).Count);
    }

    [Fact]
    public void Events_of_other_types_reach_no_rule()
    {
        var programme = Small.Programme(Small.Rules("mall.purchase", "true"));

        Assert.Empty(Small.Match(programme, Small.Event("app.checkin", "{}")));
    }

    private static NetworkGraph Graph(params string[] conditions) =>
        ((RuleNetwork)Small.Programme(Small.Rules("mall.purchase", conditions)).Matcher).Describe();
}
