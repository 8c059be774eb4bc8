using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;
using Xunit.Abstractions;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>What a return does to a tier, by the tier's policy.</summary>
public class TierReturnTests(ITestOutputHelper output)
{
    /// <summary>
    /// 1,500 yuan reach gold, 700 of them are enough for silver; then 600 or 1,000 come back. Columns:
    /// policy, way of falling, what came back; the tier and its changes by that return. </summary>
    private const string Expected = """
        keep        | requalify |  600 | gold   |
        keep        | requalify | 1000 | gold   |
        keep        | one-down  |  600 | gold   |
        keep        | one-down  | 1000 | gold   |
        re-evaluate | requalify |  600 | silver | gold -> silver by return
        re-evaluate | requalify | 1000 | member | gold -> member by return
        re-evaluate | one-down  |  600 | silver | gold -> silver by return
        re-evaluate | one-down  | 1000 | silver | gold -> silver by return
        """;

    private const string Benefits = """
        ruleset: benefits
        rules:
          granted: { on: tier.changed, when: event.to == "gold", grant-benefit: valet }
          back:
            on: tier.changed
            when: event.from == "gold" && event.cause == "return"
            end-benefit: valet
        """;

    [Fact]
    public void A_tier_stays_or_falls_with_the_return_as_its_policy_says()
    {
        var rows = new List<string>();
        foreach (var policy in (string[])["keep", "re-evaluate"])
            foreach (var way in (string[])["requalify", "one-down"])
                foreach (var paid in (int[])[600, 1000])
                {
                    var shopper = Gold($"on-return: {policy}, downgrade: {way}")
                        .Wait("2026-12-01T12:00").Returns("beauty-hall", "A", paid);
                    rows.Add($"{policy,-11} | {way,-9} | {paid,4} | {shopper.State.Tier!.Tier,-6} | "
                        .PadRight(0) + Ladders.Moves(shopper));
                }

        foreach (var row in rows)
            output.WriteLine(row);
        Assert.Equal(
            Expected.ReplaceLineEndings("\n"), string.Join('\n', rows.Select(row => row.TrimEnd())));
    }

    [Fact]
    public void A_return_that_leaves_enough_moves_nobody() => Assert.Equal(
        "gold", Gold("on-return: re-evaluate").Returns("beauty-hall", "A", 400).State.Tier!.Tier);

    [Fact]
    public void A_window_that_has_run_out_is_not_the_returns_doing()
    {
        var shopper = Gold("on-return: re-evaluate").Wait("2027-01-10T12:00");

        Assert.Equal("gold", shopper.Returns("beauty-hall", "A", 1000).State.Tier!.Tier);
    }

    [Fact]
    public void A_given_tier_stays_over_what_falls_beneath_it()
    {
        var shopper = Gold("on-return: re-evaluate");
        shopper.Do(new Commands.MemberCommand.GrantTier("gold", shopper.Now.AddYears(3), "wedding"));
        shopper.Returns("beauty-hall", "A", 1000);

        Assert.Equal(("gold", "member"), (shopper.State.Tier!.Tier, shopper.State.Tier.Grant!.Earned!.Tier));
    }

    [Fact]
    public void A_refund_that_waited_for_its_purchase_takes_the_tier_in_the_same_entry()
    {
        var shopper = new Shopper(Programme("on-return: re-evaluate"));
        shopper.Returns("beauty-hall", "A", 1500).Buys("beauty-hall", 1500, "A");

        Assert.Equal("member", shopper.State.Tier!.Tier);
        Assert.Equal("member -> gold by event until 2027-11-22 00:00, gold -> member by return",
            Ladders.Moves(shopper));
    }

    [Fact]
    public void The_benefit_of_a_tier_that_falls_by_a_return_is_taken_back_by_rule()
    {
        var shopper = new Shopper(Programme("on-return: re-evaluate", Benefits))
            .Buys("beauty-hall", 1500, "A");
        Assert.Equal(["GrantBenefit valet"], Effects(shopper));
        Assert.Equal(["EndBenefit valet"], Effects(shopper.Returns("beauty-hall", "A", 1500)));

        var renewed = new Shopper(Programme("on-return: re-evaluate", Benefits)).Buys("beauty-hall", 1500);
        Assert.Equal([], Effects(renewed.Wait("2027-11-22T00:00").Fires()));
    }

    private static IEnumerable<string> Effects(Shopper shopper) =>
        shopper.Last.OfType<Fact.Effect>().Select(effect => $"{effect.Kind} {effect.Target}");

    private static Shopper Gold(string policy) =>
        new Shopper(Programme(policy)).Buys("beauty-hall", 1500, "A");

    private static Rules.Programmes.Programme Programme(string policy, string rules = "ruleset: t") =>
        Ladders.Of(
            $$"""
              member: {}
              silver: { when: 'member.spent("30d") >= 700' }
              gold: { when: 'member.spent("30d") >= 1000', valid-months: 12, {{policy}} }
            """,
            rules);
}
