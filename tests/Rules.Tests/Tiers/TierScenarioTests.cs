using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>Ladders of others, and what went wrong with them.</summary>
public class TierScenarioTests
{
    /// <summary>Eagle Eye's published recipe: promoted at 100,000 pence or 1,000 points, points at 1x, 2x and
    /// 3x by tier, reset after 6 months at the month's end. Here an amount is in pounds.</summary>
    [Fact]
    public void Eagle_Eye_bronze_silver_and_gold()
    {
        var programme = Ladders.Of(
            """
              bronze: {}
              silver:
                when: member.spent("184d") >= 1000 || member.earned("points", "184d") >= 1000
                valid-months: 6
                valid-to: month-end
                keep: "false"
              gold:
                when: member.tier != "bronze" && member.spent("184d") >= 2000
                valid-months: 6
                valid-to: month-end
                keep: "false"
            """,
            """
            ruleset: base
            rules:
              base: { on: mall.purchase, earn: { amount: event.paid } }
              silver: { on: mall.purchase, when: member.tier == "silver", multiply: { by: 2 } }
              gold: { on: mall.purchase, when: member.tier == "gold", multiply: { by: 3 } }
            """);
        var shopper = new Shopper(programme, "2026-02-10T12:00");

        Assert.Equal("999 bronze", Buys(999));
        Assert.Equal("1 silver", Buys(1));
        Assert.Equal(Shopper.At("2026-09-01"), shopper.State.Tier!.Until);
        Assert.Equal("200 silver", Buys(100));
        Assert.Equal("1800 gold", Buys(900));
        Assert.Equal("30 gold", Buys(10));
        shopper.Wait("2026-08-31T23:59").Fires();
        Assert.Equal("gold", shopper.State.Tier!.Tier);
        Assert.Equal("gold -> bronze by validity", Ladders.Moves(shopper.Wait("2026-09-01T00:00").Fires()));
        Assert.Equal("10 bronze", Buys(10));

        string Buys(int paid)
        {
            shopper.Buys("beauty-hall", paid);
            var earned = shopper.Last.OfType<Fact.Earned>().Sum(line => line.Amount.Value);
            return $"{earned} {shopper.State.Tier?.Tier}";
        }
    }

    /// <summary>open-loyalty 131, erpnext 41564: points that were spent, lapsed or moved by hand took the
    /// tier with them.</summary>
    [Fact]
    public void The_tier_follows_what_was_earned_never_the_balance()
    {
        var programme = Ladders.Of(
            """
              member: {}
              gold: { when: 'member.earned("points", "365d") >= 1000', valid-months: 12 }
            """,
            points: "{ windows: true, expiry: { months: 3 } }");
        var shopper = new Shopper(programme, "2026-02-10T12:00").Buys("beauty-hall", 1000).Spends(600);
        Assert.Equal("gold", shopper.State.Tier?.Tier);

        shopper.Wait("2026-06-01T12:00").Fires();
        Assert.Equal(0, shopper.State.FindWallet("points")!.Balance.Value);
        Assert.Equal(400, shopper.State.FindWallet("points")!.Expired.Value);
        shopper.Buys("beauty-hall", 1000).Spends(1000);
        Assert.Equal(
            "gold -> gold by validity until 2028-02-11 00:00",
            Ladders.Moves(shopper.Wait("2027-02-11T00:00").Fires()));
        Assert.Equal("gold -> member by validity", Ladders.Moves(shopper.Wait("2028-02-11T00:00").Fires()));
    }

    [Fact]
    public void Benefits_are_granted_at_entry_again_in_each_year_and_taken_back_at_the_fall()
    {
        var programme = Ladders.Of(
            """
              member: {}
              gold: { when: 'member.spent("365d") >= 1000', valid-months: 12 }
            """,
            """
            ruleset: benefits
            rules:
              granted: { on: tier.changed, when: event.to == "gold", grant-benefit: valet }
              renewed: { on: tier.renewed, when: event.tier == "gold", grant-benefit: valet }
              ended: { on: tier.changed, when: event.from == "gold", send-message: bye }
            """);
        var shopper = new Shopper(programme).Buys("beauty-hall", 1000);
        Assert.Equal(["valet"], Effects(shopper));
        Assert.Equal([], Effects(shopper.Wait("2027-10-01T12:00").Buys("beauty-hall", 1000)));
        Assert.Equal(["valet"], Effects(shopper.Wait("2027-11-22T00:00").Fires()));
        Assert.Equal(["bye"], Effects(shopper.Wait("2028-11-22T00:00").Fires()));
    }

    private static IEnumerable<string> Effects(Shopper shopper) =>
        shopper.Last.OfType<Fact.Effect>().Select(effect => effect.Target);
}
