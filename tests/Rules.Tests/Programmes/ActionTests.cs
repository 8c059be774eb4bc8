using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>What rules do besides points: attributes, tiers and effects, within their limits.</summary>
public class ActionTests
{
    [Theory]
    [InlineData("city", "event.store.id", "noodles")]
    [InlineData("children", "2", "2")]
    [InlineData("children", "event.paid / 8", "12.5")]
    [InlineData("staff", "event.paid > 50", "true")]
    [InlineData("joined", "event.time", "2026-11-21T04:00:00+00:00")]
    public void Set_gives_an_attribute_a_value_of_its_type(string attribute, string to, string text)
    {
        var shopper = new Shopper(Programme($"set: {{ attribute: {attribute}, to: '{to}' }}"))
            .Buys("noodles", 100);

        Assert.Equal(text, FieldText.Of(shopper.State.Attributes[attribute]));
        Assert.Equal("t/r", shopper.Last.OfType<Fact.AttributeSet>().Single().Why!.Rule);
    }

    [Fact]
    public void An_attribute_that_has_the_value_already_is_not_set_again()
    {
        var shopper = new Shopper(Programme("set: { attribute: city, to: event.store.id }"))
            .Buys("noodles", 100).Buys("noodles", 100);

        Assert.Empty(shopper.Last.OfType<Fact.AttributeSet>());
    }

    [Theory]
    [InlineData("tier: gold", "tier silver -> gold")]
    [InlineData("tier: { to: gold, for: 30d }", "tier silver -> gold until 2026-12-22 00:00")]
    [InlineData("tier: { to: gold, for: 3mo }", "tier silver -> gold until 2027-02-22 00:00")]
    [InlineData("tier: { to: silver, for: 3mo }", "")]
    public void Tier_lifts_and_ends_at_the_end_of_its_last_day(string action, string ledger) =>
        Assert.Equal(ledger, LedgerText.Last(new Shopper(Programme(action)).Buys("noodles", 100)));

    [Fact]
    public void Tier_lets_the_present_one_last_longer_and_never_shorter_or_lower()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              long: { on: mall.purchase, when: event.paid < 100, tier: { to: gold, for: 60d } }
              short: { on: mall.purchase, when: event.paid >= 100, tier: { to: gold, for: 30d } }
              low: { on: mall.purchase, tier: { to: silver, for: 90d } }
            """));
        var first = shopper.Buys("noodles", 100).State.Tier!;
        var longer = shopper.Wait("2026-11-22T12:00").Buys("noodles", 50).State.Tier!;
        var last = shopper.Wait("2026-11-23T12:00").Buys("noodles", 100).State.Tier!;

        Assert.Equal(("gold", Shopper.At("2026-12-22T00:00")), (first.Tier, first.Until));
        Assert.Equal(
            ("gold", first.Since, Shopper.At("2027-01-22T00:00")), (longer.Tier, longer.Since, longer.Until));
        Assert.Equal(longer, last);
    }

    [Fact]
    public void A_tier_that_a_rule_gave_ends_and_the_ladder_is_asked()
    {
        var shopper = new Shopper(Programme("tier: { to: gold, for: 30d }")).Buys("noodles", 100);

        Assert.Equal("silver", shopper.Wait("2026-12-22T00:00").Fires().State.Tier!.Tier);
    }

    [Theory]
    [InlineData("grant-coupon: ten-off", "GrantCoupon ten-off")]
    [InlineData("grant-benefit: valet", "GrantBenefit valet")]
    [InlineData("start-journey: welcome", "StartJourney welcome")]
    [InlineData("send-message: thanks", "SendMessage thanks")]
    [InlineData("survey: visit", "Survey visit")]
    [InlineData("alert: anything", "Alert anything")]
    [InlineData("webhook: crm", "Webhook crm")]
    [InlineData("webhook: { name: crm, data: { paid: event.paid, store: event.store.id, " +
        "big: event.paid > 50, rate: 0.5, at: event.time } }",
        "Webhook crm at=2026-11-21T04:00:00+00:00 big=true paid=100 rate=0.5 store=noodles")]
    [InlineData("send-message: { name: thanks, data: { to: member.attributes.name } }",
        "SendMessage thanks to=h1")]
    public void An_effect_is_a_fact_with_its_data(string action, string effect)
    {
        var shopper = new Shopper(Programme(action));
        shopper.Sends(EventTypes.MemberUpdated, new MemberData(
            shopper.State.Attributes.Add("name", new FieldValue.Handle("h1"))));
        shopper.Buys("noodles", 100);

        Assert.Equal([effect], shopper.Last.OfType<Fact.Effect>().Select(Text));
    }

    [Fact]
    public void Effects_and_untag_keep_to_their_limit()
    {
        var shopper = new Shopper(Programme("send-message: thanks, limit: { every: day, times: 2 }"));
        int[] sent = [.. Enumerable.Range(0, 3).Select(_ =>
            shopper.Buys("noodles", 10).Last.OfType<Fact.Effect>().Count())];

        Assert.Equal([1, 1, 0], sent);
        Assert.Single(shopper.Wait("2026-11-22T12:00").Buys("noodles", 10).Last.OfType<Fact.Effect>());
    }

    [Theory]
    [InlineData("alert: { name: x, data: { half: 'decimal(1) / (event.paid - 100)' } }")]
    [InlineData("set: { attribute: children, to: '1 / (event.paid - 100)' }")]
    public void A_value_that_fails_leaves_a_warning_and_nothing_else(string action)
    {
        var shopper = new Shopper(Programme(action)).Buys("noodles", 100);

        Assert.Equal(["rule_failed"], shopper.Warnings);
        Assert.DoesNotContain(shopper.Last, fact => fact is Fact.Effect or Fact.AttributeSet);
    }

    [Theory]
    [InlineData("children", "event.paid / 10", 1)]
    [InlineData("children", "event.paid", 0)]
    [InlineData("children", "0 - event.paid", 0)]
    [InlineData("size", "event.store.id == 'noodles' ? 'm' : 's'", 1)]
    [InlineData("size", "event.receipt", 0)]
    public void A_value_beyond_the_choices_or_the_range_is_warned_of_and_not_set(
        string attribute, string to, int set)
    {
        var declarations = Small.Declarations.Replace(
            "children: number",
            "children: { type: number, min: 0, max: 12 }\n  size: { type: text, choices: [s, m] }",
            StringComparison.Ordinal);
        var rules = $"ruleset: t\nrules:\n  r:\n    on: mall.purchase\n"
            + $"    set: {{ attribute: {attribute}, to: \"{to}\" }}";
        var shopper = new Shopper(Small.Programme(rules, declarations)).Buys("noodles", 100);

        Assert.Equal(set, shopper.Last.OfType<Fact.AttributeSet>().Count());
        Assert.Equal(set == 1 ? [] : ["rule_failed"], shopper.Warnings);
    }

    [Fact]
    public void A_tag_ends_with_the_first_later_event_for_which_its_condition_holds()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              new:
                on: mall.purchase
                when: member.events == 0
                tag: { name: new, until: 'member.purchases("7d") >= 2' }
              once: { on: mall.purchase, when: member.events == 0, tag: { name: once, until: 'true' } }
              seen: { on: mall.purchase, when: 'member.hasTag("new")', earn: { amount: 1 } }
            """));
        shopper.Do(new Rules.Commands.MemberCommand.AddTag("by-hand", null, null));

        Assert.Empty(shopper.Buys("noodles", 10).Last.OfType<Fact.TagRemoved>());
        Assert.Equal(
            [("new", "ended", "t/new"), ("once", "ended", "t/once")],
            shopper.Buys("noodles", 10).Last.OfType<Fact.TagRemoved>()
                .Select(tag => (tag.Tag, tag.Cause, tag.Why!.Rule)));
        Assert.Single(shopper.Last.OfType<Fact.Earned>());
        Assert.Equal(["by-hand"], shopper.Buys("noodles", 10).State.Tags.Select(tag => tag.Tag));
        Assert.Empty(shopper.Last.OfType<Fact.Earned>());
    }

    [Fact]
    public void A_tags_condition_that_fails_leaves_a_warning_and_the_tag()
    {
        var shopper = new Shopper(Programme("tag: { name: x, until: '1 / (member.events - 2) > 5' }"));
        shopper.Buys("noodles", 10).Buys("noodles", 10);

        Assert.Equal(["rule_failed"], shopper.Warnings);
        Assert.Single(shopper.State.Tags);
    }

    private static Rules.Programmes.Programme Programme(string action) =>
        Small.Programme($"ruleset: t\nrules:\n  r: {{ on: mall.purchase, {action} }}");

    private static string Text(Fact.Effect effect) => string.Join(' ',
        (effect.Data ?? System.Collections.Immutable.ImmutableSortedDictionary<string, FieldValue>.Empty)
            .Select(data => $"{data.Key}={FieldText.Of(data.Value)}")
            .Prepend($"{effect.Kind} {effect.Target}"));
}
