using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>A ladder that changes moves nobody by itself: it is looked at, and then applied.</summary>
public class TierReassessmentTests
{
    private const string Before = """
          member: {}
          gold: { when: 'member.spent("365d") >= 1000', valid-months: 12 }
        """;

    private const string Inserted = """
          member: {}
          silver: { when: 'member.spent("365d") >= 500', valid-months: 12 }
          gold: { when: 'member.spent("365d") >= 2000', valid-months: 12 }
        """;

    [Theory]
    [InlineData(100, true, null)]
    [InlineData(600, true, "member -> silver")]
    [InlineData(600, false, "member -> silver")]
    [InlineData(1500, true, "gold -> silver")]
    [InlineData(1500, false, null)]
    [InlineData(2500, true, null)]
    public void A_tier_inserted_below_a_raised_one_moves_some_up_and_some_down(
        int spent, bool falls, string? move)
    {
        var shopper = Ladders.Enrolled(Before).Buys("beauty-hall", spent).Wait("2027-01-10T12:00");
        shopper.Programme = Ladders.Of(Inserted);

        var seen = TierReassessment.MoveOf(shopper.State, shopper.Programme, shopper.Now, falls);
        var decision = shopper.Do(new MemberCommand.ReassessTier(falls));

        Assert.Equal(move, seen is { } to ? $"{to.From} -> {to.To}" : null);
        if (move is null)
            Assert.IsType<Decision.Unchanged>(decision);
        else
            Assert.Equal($"{move} by reassessed until 2028-01-11 00:00", Ladders.Moves(shopper));
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.ReassessTier(falls)));
    }

    [Fact]
    public void A_tier_that_was_given_stays_over_what_is_reassessed()
    {
        var shopper = Ladders.Enrolled(Before).Buys("beauty-hall", 600);
        shopper.Do(new MemberCommand.GrantTier("gold", Shopper.At("2027-06-01"), "wedding"));
        shopper.Programme = Ladders.Of(Inserted);

        Assert.Equal(
            ("member", "silver"),
            TierReassessment.MoveOf(shopper.State, shopper.Programme, shopper.Now, falls: true));
        shopper.Do(new MemberCommand.ReassessTier(true));

        Assert.Equal("gold -> gold by reassessed until 2027-06-01 00:00", Ladders.Moves(shopper));
        Assert.Equal("silver", shopper.State.Tier!.Grant!.Earned!.Tier);
    }

    [Fact]
    public void Who_has_a_tier_that_there_is_no_more_gets_the_one_that_holds()
    {
        var shopper = Ladders.Enrolled(Before).Buys("beauty-hall", 1500);
        shopper.Programme = Ladders.Of(Inserted.Replace("gold", "platinum", StringComparison.Ordinal));

        shopper.Do(new MemberCommand.ReassessTier(true));

        Assert.Equal("silver", shopper.State.Tier!.Tier);
    }
}
