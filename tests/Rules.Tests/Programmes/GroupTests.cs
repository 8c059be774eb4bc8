using MallVip.Rules.Tests.Explaining;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Of the rules of one group that match, its <c>pick</c> says which count.</summary>
public class GroupTests
{
    private const string Rules = """
        ruleset: t
        groups:
          offers: PICK
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid / 10 } }
          tenth: { on: mall.purchase, earn: { amount: event.paid / 10 }, group: offers }
          flat: { on: mall.purchase, when: event.paid >= 50, earn: { amount: 30 }, group: offers }
          grown: { on: mall.purchase, earn: { wallet: growth, amount: event.paid }, group: offers }
        """;

    [Theory]
    [InlineData("all", 100, "t/base 10|t/tenth 10|t/flat 30|t/grown 100|= 150")]
    [InlineData("first", 100, "t/base 10|t/tenth 10|t/grown 100|= 120")]
    [InlineData("best", 100, "t/base 10|t/flat 30|t/grown 100|= 140")]
    [InlineData("best", 400, "t/base 40|t/tenth 40|t/grown 400|= 480")]
    [InlineData("best", 300, "t/base 30|t/tenth 30|t/grown 300|= 360")]
    [InlineData("{ pick: best, note: one a basket }", 20, "t/base 2|t/tenth 2|t/grown 20|= 24")]
    public void A_group_picks_wallet_by_wallet(string pick, decimal paid, string lines) =>
        Assert.Equal(lines, Lines(Bought(pick, paid)));

    [Theory]
    [InlineData("first", "tenth 10 picked, flat 30")]
    [InlineData("best", "tenth 10, flat 30 picked")]
    public void An_explanation_tells_what_each_rule_of_a_group_had_to_give(string pick, string offers)
    {
        var rules = Why.Explain(Bought(pick, 100)).Events[0].Rules;

        foreach (var rule in rules.Where(rule => rule.Rule.Ref.Rule is "t/tenth" or "t/flat"))
            Assert.Equal(offers, string.Join(", ", rule.Group!.Offers.Select(offer =>
                $"{offer.Rule.Ref.Rule[2..]} {offer.Amount:0}{(offer.IsPicked ? " picked" : "")}")));
        Assert.Null(rules.Single(rule => rule.Rule.Ref.Rule == "t/base").Group);
        Assert.Null(rules.Single(rule => rule.Rule.Ref.Rule == "t/grown").Group);
    }

    [Fact]
    public void A_rule_whose_limit_is_used_up_still_stands_for_its_group()
    {
        var rules = Rules.Replace("PICK", "best", StringComparison.Ordinal).Replace(
            "earn: { amount: 30 }", "earn: { amount: 30 }, limit: { every: day, times: 1 }",
                StringComparison.Ordinal);
        var shopper = new Shopper(Small.Programme(rules)).Buys("noodles", 100).Buys("noodles", 100);

        Assert.Equal("t/base 10|t/grown 100|= 110", Lines(shopper));
    }

    [Fact]
    public void Priority_says_who_is_first()
    {
        var rules = Rules.Replace("PICK", "first", StringComparison.Ordinal)
            .Replace("earn: { amount: 30 }", "earn: { amount: 30 }, priority: 1", StringComparison.Ordinal);

        Assert.Equal(
            "t/flat 30|t/base 10|t/grown 100|= 140",
            Lines(new Shopper(Small.Programme(rules)).Buys("noodles", 100)));
    }

    [Theory]
    [InlineData("pro-rata",
        "lot 1 reversed 5 from 1:5|lot 1 reversed 15 from 1:15|lot 2 reversed 50 from 2:50")]
    [InlineData("re-evaluate", "lot 1 reversed 5 from 1:5|lot 2 reversed 50 from 2:50")]
    public void A_return_asks_the_rule_that_was_picked_and_no_other(string policy, string ledger)
    {
        var rules = Rules.Replace("PICK", "best", StringComparison.Ordinal).Replace(
            "earn: { amount: 30 }", $"earn: {{ amount: 30 }}, on-return: {policy}", StringComparison.Ordinal);
        var shopper = new Shopper(Small.Programme(rules)).Buys("noodles", 100, "R1")
            .Returns("noodles", "R1", 50);

        Assert.Equal(ledger, LedgerText.Last(shopper).Replace('\n', '|'));
    }

    [Fact]
    public void A_group_is_its_files_own()
    {
        var files = Small.Files(Rules.Replace("PICK", "first", StringComparison.Ordinal));
        files["z.yaml"] = """
            ruleset: z
            groups: { offers: first }
            rules: { more: { on: mall.purchase, earn: { amount: 7 }, group: offers } }
            """;
        var result = new MallVip.Rules.Programmes.Loading.ProgrammeLoader().Load(files);

        Assert.Equal(
            "t/base 10|t/tenth 10|z/more 7|t/grown 100|= 127",
            Lines(new Shopper(result.Programme!).Buys("noodles", 100)));
    }

    private static Shopper Bought(string pick, decimal paid) => new Shopper(
        Small.Programme(Rules.Replace("PICK", pick, StringComparison.Ordinal))).Buys("noodles", paid);

    private static string Lines(Shopper shopper) => LedgerText.Earned(shopper).Replace('\n', '|');
}
