using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Explaining;

/// <summary>Where lines that no rule has just made come from.</summary>
public class LineTests
{
    private const string Rules = """
        ruleset: points
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid / 10 } }
          big:
            on: mall.purchase
            when: event.paid >= 500
            earn: { amount: "100" }
            on-return: re-evaluate
          gold: { on: mall.purchase, when: member.tier == "gold", multiply: { by: 1.5 } }
          keen: { on: mall.purchase, when: event.paid > 900, tag: { name: keen, for: 5d } }
        """;

    [Fact]
    public void A_reversal_says_what_each_line_keeps_and_why()
    {
        var shopper = Member("gold");
        shopper.Buys("beauty-hall", 600, "A1").Returns("beauty-hall", "A1", 300);

        var lines = Why.Explain(shopper).Lines;

        Assert.Equal(["30 of 60", "0 of 100", "15 of 80"],
            lines.Select(line => $"{line.Reversal!.Kept} of {line.Reversal.Earned}"));
        Assert.Equal(new Money(300), lines[0].Reversal!.PaidLeft);
        Assert.Equal(new Money(600), lines[0].Reversal!.Paid);
        Assert.Equal("300 >= 500", lines[1].Reversal!.Conditions.Single().WithValues);
        Assert.Equal((new Points(30), 1.5m), (lines[2].Reversal!.Base, lines[2].Reversal!.By));
    }

    [Fact]
    public void A_lot_that_expired_says_which_lines_were_in_it()
    {
        var shopper = Member("silver");
        shopper.Buys("beauty-hall", 120).Buys("beauty-hall", 80).Spends(15);
        shopper.Wait("2027-12-01T00:00").Fires();

        var line = Why.Explain(shopper).Lines.Single(one => one.Fact is Fact.Expired);

        Assert.Equal(["entry 3 points/base 5 of 8"], line.Shares.Select(share =>
            $"entry {share.Seq} {share.Rule} {share.Left} of {share.Amount}"));
    }

    [Fact]
    public void A_tier_says_what_was_asked_of_the_ladder()
    {
        var shopper = Member("silver");
        shopper.Buys("beauty-hall", 1000);

        var line = Why.Explain(shopper).Lines.Single(one => one.Fact is Fact.TierChanged);

        var gold = Assert.Single(line.Tiers);
        Assert.Equal(("gold", true, "1000 >= 1000"), (gold.Tier.Id, gold.Holds, gold.Condition!.WithValues));
    }

    [Fact]
    public void A_tag_says_its_rule_and_a_second_one_that_it_is_held()
    {
        var shopper = Member("silver");
        shopper.Buys("beauty-hall", 950);

        var line = Why.Explain(shopper).Lines.Single(one => one.Fact is Fact.TagAdded);
        Assert.Equal("950 > 900", line.Rule!.Conditions.Single().WithValues);

        shopper.Buys("beauty-hall", 950);
        Assert.Contains("points/keen: TagHeld", Why.Outcomes(Why.Explain(shopper)));
    }

    [Fact]
    public void Points_that_went_out_say_which_lots_they_came_from()
    {
        var shopper = Member("silver");
        shopper.Buys("beauty-hall", 100).Wait("2026-12-24T12:00").Buys("beauty-hall", 100).Spends(12);

        var parts = Why.Explain(shopper).Lines.Single().Parts;

        Assert.Equal([(1, 10L), (2, 2L)], parts.Select(part => (part.Lot, part.Amount.Value)));
        Assert.Equal("2027-11-22", LedgerText.Local(parts[0].ExpiresAt!.Value)[..10]);
    }

    [Fact]
    public void A_purchase_whose_store_was_unknown_is_explained_by_the_entry_that_settled_it()
    {
        var shopper = new Shopper(Small.Programme(Rules), "2026-11-21T12:00");
        var known = shopper.Programme;
        shopper.Programme = Small.Programme(Rules, Small.Declarations.Replace(
            "noodles: { category: dining, mall: bay }", "", StringComparison.Ordinal));
        shopper.Buys("noodles", 100);
        Assert.Empty(Why.Explain(shopper).Events);

        shopper.Programme = known;
        shopper.Do(new MemberCommand.SettleParked());
        Assert.Contains("points/base: Acted 10", Why.Outcomes(Why.Explain(shopper)));
    }

    private static Shopper Member(string tier)
    {
        var shopper = new Shopper(Small.Programme(Rules), enrol: false);
        shopper.Do(new MemberCommand.OpenAccount(
            new MemberCommand.Enrol(Shopper.Id, shopper.Now, "bay", [], null), [], tier, null));
        return shopper;
    }
}
