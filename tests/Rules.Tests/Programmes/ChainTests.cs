using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Rules that wait for what other rules did.</summary>
public class ChainTests
{
    private const string Upgrade = """
        ruleset: t
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid / 10 }, limit: { every: day, times: 5 } }
          gift: { on: tier.changed, when: event.to == "gold", earn: { amount: 50 } }
          tag: { on: points.earned, when: event.points == 50, tag: gifted }
          call:
            on: tag.added
            when: event.tag == "gifted"
            webhook: { name: crm, data: { tier: member.tier } }
        """;

    [Fact]
    public void A_tier_brings_points_and_these_a_tag_and_that_a_call_all_in_one_entry()
    {
        var shopper = new Shopper(Small.Programme(Upgrade)).Buys("noodles", 1000);

        Assert.Equal("t/base 100\nt/gift 50\n= 150", LedgerText.Earned(shopper));
        Assert.Equal(["gifted"], shopper.Last.OfType<Fact.TagAdded>().Select(tag => tag.Tag));
        var call = shopper.Last.OfType<Fact.Effect>().Single();
        Assert.Equal(new FieldValue.Text("gold"), call.Data!["tier"]);
    }

    [Fact]
    public void Nothing_follows_where_nothing_changed()
    {
        var shopper = new Shopper(Small.Programme(Upgrade)).Buys("noodles", 1000).Buys("noodles", 1000);

        Assert.Equal("t/base 100\n= 100", LedgerText.Earned(shopper));
        Assert.Empty(shopper.Last.OfType<Fact.Effect>());
    }

    [Fact]
    public void Points_of_one_step_are_one_event_for_each_wallet()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              a: { on: mall.purchase, earn: { amount: 10 } }
              b: { on: mall.purchase, earn: { amount: 5 } }
              c: { on: mall.purchase, earn: { wallet: growth, amount: 7 } }
              seen:
                on: points.earned
                alert: { name: seen, data: { wallet: event.wallet, points: event.points } }
            """)).Buys("noodles", 10);

        Assert.Equal(["points 15", "growth 7"], shopper.Last.OfType<Fact.Effect>().Select(effect =>
            $"{FieldText.Of(effect.Data!["wallet"])} {FieldText.Of(effect.Data["points"])}"));
    }

    [Fact]
    public void A_tag_by_hand_and_the_end_of_a_tier_set_rules_off_too()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              lift: { on: mall.purchase, tier: { to: gold, for: 30d } }
              fall: { on: tier.changed, when: event.from == "gold", send-message: bye }
              greet: { on: tag.added, when: event.tag == "vip", earn: { amount: 5 } }
            """));
        shopper.Do(new MemberCommand.AddTag("vip", null, null));
        Assert.Equal("t/greet 5\n= 5", LedgerText.Earned(shopper));

        shopper.Buys("noodles", 10).Wait("2026-12-22T00:00").Fires();
        Assert.Equal(["bye"], shopper.Last.OfType<Fact.Effect>().Select(effect => effect.Target));
    }

    [Fact]
    public void The_first_tier_at_enrolment_sets_nothing_off() =>
        Assert.Empty(new Shopper(Small.Programme(
            "ruleset: t\nrules: { r: { on: tier.changed, send-message: thanks } }"))
                .Last.OfType<Fact.Effect>());

    [Fact]
    public void A_chain_ends_after_four_steps_with_a_warning()
    {
        var rules = string.Join('\n', Enumerable.Range(1, 6).Select(at =>
            $"  r{at}: {{ on: tag.added, when: event.tag == \"t{at}\", tag: t{at + 1} }}"));
        var shopper = new Shopper(Small.Programme(
            $"ruleset: t\nrules:\n  r0: {{ on: mall.purchase, tag: t1 }}\n{rules}")).Buys("noodles", 10);

        Assert.Equal(["t1", "t2", "t3", "t4", "t5"], shopper.State.Tags.Select(tag => tag.Tag));
        Assert.Equal(["chain_too_long"], shopper.Warnings);
    }

    [Theory]
    [InlineData("when: event.tag == \"vip\", tag: x")]
    [InlineData("when: 'event.tag in [\"vip\", \"y\"]', tag: x")]
    [InlineData("when: event.tag != \"x\", tag: x")]
    [InlineData("when: event.tag.startsWith(\"v\"), tag: x")]
    [InlineData("untag: x")]
    public void A_rule_whose_condition_refuses_its_own_tag_makes_no_circle(string rule) =>
        Assert.Empty(Small.Findings(Small.Load($"ruleset: t\nrules:\n  r: {{ on: tag.added, {rule} }}")));

    [Fact]
    public void A_circle_names_its_rules()
    {
        var found = Small.Load("""
            ruleset: t
            rules:
              a: { on: tag.added, when: event.tag == "y", tag: x }
              b: { on: tag.added, when: event.tag == "x", tag: y }
              c: { on: tag.added, when: event.tag == "z", tag: x }
            """).Diagnostics.Single();

        Assert.Equal(("RULE_CYCLE", "t/a → t/b → t/a"), (found.Code, found.Args[0]));
    }

    [Theory]
    [InlineData("pro-rata", 500, "lot 1 reversed 50 from 1:50|lot 1 reversed 25 from 1:25")]
    [InlineData("keep", 500, "lot 1 reversed 50 from 1:50")]
    [InlineData("pro-rata", 1000, "lot 1 reversed 100 from 1:100|lot 1 reversed 50 from 1:50")]
    public void A_return_takes_back_what_followed_too(string policy, decimal back, string ledger)
    {
        var rules = Upgrade.Replace("earn: { amount: 50 }", $"earn: {{ amount: 50 }}, on-return: {policy}",
            StringComparison.Ordinal);
        var shopper = new Shopper(Small.Programme(rules)).Buys("noodles", 1000, "R1")
            .Returns("noodles", "R1", back);

        Assert.Equal(ledger, LedgerText.Last(shopper).Replace('\n', '|'));
    }

    [Fact]
    public void A_rule_that_acted_twice_in_a_chain_is_taken_back_once_and_whole()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              a: { on: mall.purchase, tag: x }
              b: { on: mall.purchase, tag: y }
              each: { on: tag.added, earn: { amount: 10 } }
            """, Small.Declarations.Replace(
                "points: { expiry: { months: 12 } }", "points: { cap: { every: day, amount: 100 } }",
                StringComparison.Ordinal))).Buys("noodles", 100, "R1");
        Assert.Equal("t/each 10\nt/each 10\n= 20", LedgerText.Earned(shopper));

        shopper.Returns("noodles", "R1", 50);
        Assert.Equal("lot 1 reversed 10 from 1:10", LedgerText.Last(shopper));
        shopper.Returns("noodles", "R1", 50);
        Assert.Equal("lot 1 reversed 10 from 1:10", LedgerText.Last(shopper));
        Assert.Empty(shopper.State.Limits);
    }

    [Fact]
    public void Chained_types_cannot_be_sent()
    {
        var parser = new Rules.Programmes.Parsing.EventParser(Small.Plain);

        Assert.All(["tier.changed", "tag.added", "points.earned", "member.birthday"],
            type => Assert.False(parser.IsKnown(type)));
    }
}
