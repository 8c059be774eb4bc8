using MallVip.Rules.Checking;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Comparing;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Hostile;

/// <summary>What was declared once and is not any more, while rules or members still have it.</summary>
public class RemovedThingsTests
{
    private const string Rules = """
        ruleset: t
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid } }
          grow: { on: mall.purchase, earn: { wallet: growth, amount: event.paid } }
          more: { on: mall.purchase, multiply: { wallet: growth, by: 2 } }
          lift: { on: mall.purchase, when: event.paid >= 500, tier: gold }
          gift: { on: mall.purchase, grant-coupon: ten-off }
          mark: { on: mall.purchase, tag: { name: shopper, until: 'member.balance("growth") > 5000' } }
          seen: { on: mall.purchase, when: 'member.tier == "gold"', send-message: thanks }
        """;

    private static readonly string WithoutGrowth = Declared("  growth: { spendable: false }\n", "");
    private static readonly string WithoutGold =
        Declared("  gold: { name: Gold, when: member.spent(\"365d\") >= 1000 }\n", "");

    public static TheoryData<string, string, string> Removed => new()
    {
        { "  growth: { spendable: false }\n", "WALLET_UNKNOWN", "4:46 5:50 8:75" },
        { "  gold: { name: Gold, when: member.spent(\"365d\") >= 1000 }\n", "TIER_UNKNOWN", "6:61" },
        { "coupons: { ten-off: 10 off }\n", "EFFECT_TARGET_UNKNOWN", "7:44" },
        { "messages: { thanks: Thanks, bye: Bye }\n", "EFFECT_TARGET_UNKNOWN", "9:75" },
    };

    [Theory]
    [MemberData(nameof(Removed))]
    public void A_rule_that_refers_to_it_is_refused_at_its_place(string line, string code, string places)
    {
        var result = Small.Load(Rules, Declared(line, ""));

        Assert.Null(result.Programme);
        Assert.Equal(places, string.Join(' ', result.Diagnostics.Where(found => found.Code == code)
            .Select(found => $"{found.Place.Line}:{found.Place.Column}")));
    }

    [Fact]
    public void A_wallet_or_a_tier_that_members_have_does_not_vanish_unless_it_is_allowed_by_name()
    {
        var (before, after) = (Small.Programme(Rules), Small.Programme("ruleset: t",
            WithoutGrowth.Replace("\n  gold:", "\n  platinum:", StringComparison.Ordinal)));

        Assert.Equal(
            [("TIER_REMOVED", Severity.Error), ("WALLET_REMOVED", Severity.Error)],
            Removals.Of(before, after, []).Select(found => (found.Code, found.Severity)).Order());
        Assert.All(
            Removals.Of(before, after, ["wallet:growth", "tier:gold"]),
            found => Assert.Equal(Severity.Warning, found.Severity));
    }

    [Fact]
    public void A_member_who_still_has_a_removed_wallet_goes_on_buying_and_returning()
    {
        var shopper = new Shopper(Small.Programme(Rules)).Buys("noodles", 600, receipt: "A");
        shopper.Programme = Small.Programme(Only("base"), WithoutGrowth);

        shopper.Buys("noodles", 100).Returns("noodles", "A", 600);
        shopper.Wait("2028-06-01T12:00").Fires();

        Assert.Equal(0, shopper.State.Available("points").Value);
        Assert.Empty(shopper.Journal.SelectMany(entry => entry.Facts).OfType<Fact.Warned>());
    }

    [Fact]
    public void A_member_of_a_removed_tier_goes_on_and_climbs_the_new_ladder()
    {
        var shopper = new Shopper(Small.Programme(Rules)).Buys("noodles", 600);
        Assert.Equal("gold", shopper.State.Tier?.Tier);
        shopper.Programme = Small.Programme(Only("base"), WithoutGold);

        shopper.Buys("noodles", 100);

        Assert.Equal("silver", shopper.State.Tier?.Tier);
        Assert.Equal(700, shopper.State.Available("points").Value);
    }

    [Fact]
    public void A_tag_whose_rule_was_removed_stays()
    {
        var shopper = new Shopper(Small.Programme(Rules)).Buys("noodles", 100);
        shopper.Programme = Small.Programme(Only("base"));

        shopper.Buys("noodles", 100_000);

        Assert.Contains(shopper.State.Tags, tag => tag.Tag == "shopper");
    }

    private static string Declared(string line, string other)
    {
        Assert.Contains(line, Small.Declarations, StringComparison.Ordinal);
        return Small.Declarations.Replace(line, other, StringComparison.Ordinal);
    }

    private static string Only(string rule) => "ruleset: t\nrules:\n"
        + Rules.Split('\n').First(line => line.StartsWith($"  {rule}:", StringComparison.Ordinal));
}
