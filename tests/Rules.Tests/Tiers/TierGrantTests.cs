using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>Tiers given until an instant: they lie over what was earned, which goes on beneath.</summary>
public class TierGrantTests
{
    private const string Steps = """
          member: {}
          silver: { when: 'member.spent("365d") >= 1000', valid-months: 12 }
          gold: { when: 'member.spent("365d") >= 3000', valid-months: 12 }
          black: { when: 'member.spent("365d") >= 9000', valid-months: 12 }
        """;

    [Fact]
    public void A_given_tier_ends_by_the_clock_and_what_was_earned_is_there_with_its_own_end()
    {
        var shopper = Silver();
        Give(shopper, "gold", "2027-03-01T00:00");
        Assert.Equal("silver -> gold by hand until 2027-03-01 00:00", Ladders.Moves(shopper));
        Assert.Equal("wedding", shopper.State.Tier!.Grant!.Reason);

        Assert.Equal(
            "gold -> silver by grant-ended until 2027-11-22 00:00", After(shopper, "2027-03-01T00:00"));
        Assert.Equal(Shopper.At("2026-11-21T12:00"), shopper.State.Tier!.Since);
        Assert.Null(shopper.State.Tier!.Grant);
    }

    [Fact]
    public void What_is_earned_meanwhile_counts_and_shows_when_the_given_tier_ends()
    {
        var shopper = Silver();
        Give(shopper, "black", "2027-03-01T00:00");
        shopper.Wait("2027-02-01T12:00").Buys("beauty-hall", 2000);
        Assert.Equal("black -> black by event until 2027-03-01 00:00", Ladders.Moves(shopper));

        Assert.Equal(
            "black -> gold by grant-ended until 2028-02-02 00:00", After(shopper, "2027-03-01T00:00"));
    }

    [Fact]
    public void What_is_earned_above_the_given_tier_takes_its_place()
    {
        var shopper = Silver();
        Give(shopper, "gold", "2027-03-01T00:00");
        shopper.Buys("beauty-hall", 8000);

        Assert.Equal("gold -> black by event until 2027-11-22 00:00", Ladders.Moves(shopper));
        Assert.Null(shopper.State.Tier!.Grant);
    }

    [Fact]
    public void What_was_earned_may_end_beneath_a_given_tier()
    {
        var shopper = Silver();
        Give(shopper, "gold", "2028-03-01T00:00");

        Assert.Equal("gold -> gold by validity until 2028-03-01 00:00", After(shopper, "2027-11-22T00:00"));
        Assert.Equal("gold -> member by grant-ended", After(shopper, "2028-03-01T00:00"));
    }

    [Fact]
    public void Where_both_end_at_once_the_ladder_is_asked_once()
    {
        var shopper = Silver();
        Give(shopper, "gold", "2027-11-22T00:00");

        Assert.Equal(
            "gold -> silver by grant-ended until 2027-11-22 00:00, silver -> member by validity",
            After(shopper, "2027-11-22T00:00"));
    }

    [Fact]
    public void The_own_tier_may_be_given_for_longer()
    {
        var shopper = Silver();
        Give(shopper, "silver", "2028-06-01T00:00");
        Assert.Equal("silver -> silver by hand until 2028-06-01 00:00", Ladders.Moves(shopper));

        Assert.Equal(
            "silver -> silver by validity until 2028-06-01 00:00", After(shopper, "2027-11-22T00:00"));
        Assert.Equal("silver -> member by grant-ended", After(shopper, "2028-06-01T00:00"));
    }

    [Fact]
    public void A_given_tier_is_replaced_by_the_next_and_ended_by_hand()
    {
        var shopper = Silver();
        Give(shopper, "black", "2027-03-01T00:00");
        Give(shopper, "gold", "2027-06-01T00:00");
        Assert.Equal("black -> gold by hand until 2027-06-01 00:00", Ladders.Moves(shopper));

        shopper.Do(new MemberCommand.EndTierGrant("by mistake"));
        Assert.Equal("gold -> silver by hand until 2027-11-22 00:00", Ladders.Moves(shopper));
        Assert.Equal(
            RejectionKind.InvalidTierGrant, shopper.Refused(new MemberCommand.EndTierGrant("twice")).Kind);
    }

    [Theory]
    [InlineData("platinum", "2027-03-01T00:00", RejectionKind.UnknownTier)]
    [InlineData("gold", "2026-11-21T12:00", RejectionKind.InvalidTierGrant)]
    [InlineData("member", "2027-03-01T00:00", RejectionKind.TierEarned)]
    [InlineData("silver", "2027-11-22T00:00", RejectionKind.TierEarned)]
    public void A_tier_is_not_given_below_what_was_earned(string tier, string until, RejectionKind kind) =>
        Assert.Equal(
            kind, Silver().Refused(new MemberCommand.GrantTier(tier, Shopper.At(until), "wedding")).Kind);

    [Fact]
    public void A_tier_that_a_rule_gives_for_a_time_leaves_what_was_earned_alone()
    {
        var shopper = new Shopper(Ladders.Of(Steps, """
            ruleset: lift
            rules:
              lift: { on: mall.purchase, when: event.paid == 1500, tier: { to: black, for: 60d } }
            """));
        shopper.Buys("beauty-hall", 1500);
        Assert.Equal(
            "member -> black by rule until 2027-01-21 00:00, black -> black by event until 2027-01-21 00:00",
            Ladders.Moves(shopper));

        Assert.Equal(
            "black -> silver by grant-ended until 2027-11-22 00:00", After(shopper, "2027-01-21T00:00"));
    }

    /// <summary>Silver by 1,000 until 2027-11-22.</summary>
    private static Shopper Silver() => Ladders.Enrolled(Steps).Buys("beauty-hall", 1000);

    private static void Give(Shopper shopper, string tier, string until) =>
        shopper.Do(new MemberCommand.GrantTier(tier, Shopper.At(until), "wedding"));

    private static string After(Shopper shopper, string at) => Ladders.Moves(shopper.Wait(at).Fires());
}
