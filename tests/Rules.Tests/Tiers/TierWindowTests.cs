using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>The windows that conditions ask for.</summary>
public class TierWindowTests
{
    private const string Member = "  member: {}\n";

    [Theory]
    [InlineData("365d", "2026-04-01", "2027-03-31", "gold")]
    [InlineData("365d", "2026-04-01", "2027-04-01", "member")]
    [InlineData("year", "2026-04-01", "2026-12-31", "gold")]
    [InlineData("year", "2026-04-01", "2027-01-01", "member")]
    [InlineData("membership-year", "2026-04-01", "2027-03-14", "gold")]
    [InlineData("membership-year", "2026-04-01", "2027-03-15", "member")]
    [InlineData("membership-year", "2027-03-15", "2028-03-14", "gold")]
    [InlineData("membership-year", "2026-03-15", "2026-03-15", "gold")]
    public void Two_purchases_reach_gold_if_both_lie_in_the_window(
        string window, string first, string second, string tier)
    {
        foreach (var asked in (string[])["spent(", "earned(\"growth\", ", "earned(\"points\", "])
        {
            var shopper = Ladders.Enrolled(
                Member + $"  gold: {{ when: 'member.{asked}\"{window}\") >= 1000' }}", "2026-03-15T09:00");

            shopper.Wait(first + "T12:00").Buys("beauty-hall", 600)
                .Wait(second + "T12:00").Buys("beauty-hall", 400);

            Assert.Equal(tier, shopper.State.Tier?.Tier);
        }
    }

    [Fact]
    public void Who_enrolled_on_the_29th_of_February_begins_other_years_on_the_28th()
    {
        var shopper = Ladders.Enrolled(
            Member + "  gold: { when: 'member.purchases(\"membership-year\") >= 2' }", "2024-02-29T09:00");

        shopper.Wait("2025-02-27T12:00").Buys("beauty-hall", 1)
            .Wait("2025-02-28T12:00").Buys("beauty-hall", 1);
        Assert.Equal("member", shopper.State.Tier?.Tier);
        Assert.Equal("gold", shopper.Wait("2026-02-27T12:00").Buys("beauty-hall", 1).State.Tier?.Tier);
    }

    [Fact]
    public void What_a_return_takes_back_was_not_earned_in_the_window_of_its_purchase()
    {
        var shopper = Ladders.Enrolled(
            Member + "  gold: { when: 'member.earned(\"growth\", \"30d\") >= 1000' }");
        shopper.Buys("beauty-hall", 900, "A").Wait("2026-11-28T12:00").Returns("beauty-hall", "A", 300)
            .Buys("beauty-hall", 399);

        Assert.Equal("member", shopper.State.Tier?.Tier);
        Assert.Equal(999, shopper.State.Gains.Spent(new(2026, 11, 21), new(2026, 11, 28), "growth"));
        Assert.Equal("gold", shopper.Buys("beauty-hall", 1).State.Tier?.Tier);
    }

    [Fact]
    public void Points_that_were_spent_were_earned_all_the_same()
    {
        var shopper = Ladders.Enrolled(
            Member + "  gold: { when: 'member.earned(\"points\", \"year\") >= 1000' }");
        shopper.Buys("beauty-hall", 900).Spends(900);
        Assert.Equal("member", shopper.State.Tier?.Tier);

        shopper.Buys("beauty-hall", 100);
        Assert.Equal("gold", shopper.State.Tier?.Tier);
        Assert.Equal(100, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Theory]
    [InlineData("spent(\"membershipyear\")", "WINDOW_UNKNOWN")]
    [InlineData("earned(\"points\", \"fortnight\")", "WINDOW_UNKNOWN")]
    [InlineData("earned(\"pionts\", \"year\")", "WALLET_UNKNOWN")]
    [InlineData("earned(\"growth\", \"year\")", "WALLET_WITHOUT_WINDOWS")]
    [InlineData("earned(member.tier, \"year\")", "CEL_LITERAL_WANTED")]
    public void A_window_that_is_not_there_is_an_error(string asked, string code)
    {
        var result = Small.Load(
            Small.Rules("mall.purchase", $"member.{asked} > 5"),
            Small.Declarations.Replace("points: {", "points: { windows: true,", StringComparison.Ordinal));

        Assert.Equal([code], Small.Findings(result).Select(found => found.Code));
    }

    [Fact]
    public void Any_two_of_three_conditions_are_a_list_that_is_filtered()
    {
        const string Two = """
              gold:
                when: >
                  [member.spent("365d") >= 1000, member.visits("30d") >= 3, member.purchases("30d") >= 4]
                  .filter(met, met).size() >= 2
            """;
        var shopper = Ladders.Enrolled(Member + Two);
        shopper.Buys("beauty-hall", 400).Wait("2026-11-22T12:00").Buys("beauty-hall", 400)
            .Wait("2026-11-23T12:00").Buys("beauty-hall", 100);
        Assert.Equal("member", shopper.State.Tier?.Tier);

        Assert.Equal("gold", shopper.Buys("beauty-hall", 99).State.Tier?.Tier);
    }
}
