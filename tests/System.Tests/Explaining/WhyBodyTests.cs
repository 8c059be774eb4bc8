using System.Text.Json;
using MallVip.Client.Explaining;
using MallVip.Client.Wire;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Explaining;

/// <summary>Explanations as JSON: what rules set and ask for, and how groups decided.</summary>
public class WhyBodyTests
{
    private static readonly WhyBody Body = WhyBodies.Of(
        new MemberId(1),
        new Story("gold", "2026-11-01T09:00", Story.Offers)
            .Buys("beauty-hall", 600, "A1", "2026-11-21T12:00").Last,
        line: null);

    [Fact]
    public void What_rules_ask_others_for_is_a_line_with_its_rule()
    {
        var effects = Body.Lines.Where(line => line.Kind == "effect").ToArray();

        Assert.Equal(
            [(3, "grant-coupon", "beauty-50"), (4, "send-message", "thanks"), (5, "webhook", "crm")],
            effects.Select(line => (line.Line, line.Effect!.Kind, line.Effect.Name)));
        Assert.Equal(new RuleBody("offers/gift", "offers.yaml", 27), effects[0].Rule!.Rule);
        Assert.Equal("600", effects[0].Rule!.Reads!["event.paid"]);
        Assert.Equal(
            """{"half":"300","store":"Beauty Hall"}""", JsonSerializer.Serialize(effects[1].Effect!.Data));
    }

    [Fact]
    public void An_attribute_that_a_rule_sets_is_a_line_with_its_rule()
    {
        var line = Assert.Single(Body.Lines, line => line.Kind == "attribute");

        Assert.Equal(new AttributeWhyBody("vip_since", "2026-11-21"), line.Attribute);
        Assert.Equal(("offers/vip", "acted"), (line.Rule!.Rule.Id, line.Rule.Outcome));
    }

    [Fact]
    public void The_rule_that_a_group_takes_and_those_that_give_way_tell_the_same()
    {
        var won = Body.Lines[0].Rule!;
        var lost = Body.Events[0].NotActing.Single(rule => rule.Rule.Id == "offers/autumn");

        Assert.Equal(("offers/big-basket", "acted"), (won.Rule.Id, won.Outcome));
        Assert.Equal(
            ("not-picked", "offers/season", "best"), (lost.Outcome, lost.Group!.Group, lost.Group.Pick));
        foreach (var told in (GroupWhyBody[])[won.Group!, lost.Group])
            Assert.Equal(
                ["offers/autumn 30 False", "offers/big-basket 75 True"],
                told.Offers.Select(offer => $"{offer.Rule} {offer.Amount} {offer.Picked}"));
    }
}
