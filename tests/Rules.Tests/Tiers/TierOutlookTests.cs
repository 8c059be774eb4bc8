using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>"Three purchases keep gold": what is missing, where it can be told.</summary>
public class TierOutlookTests
{
    [Fact]
    public void What_keeps_a_tier_is_counted_as_of_its_last_day()
    {
        var shopper = Ladders.Enrolled("""
              member: {}
              gold:
                when: member.spent("365d") >= 3000
                keep: member.purchases("365d") >= 5 && member.spent("365d") >= 500
                valid-months: 12
            """);
        shopper.Buys("beauty-hall", 3000).Wait("2027-05-01T12:00").Buys("beauty-hall", 400)
            .Buys("beauty-hall", 1);

        var outlook = TierOutlook.Of(shopper.State, shopper.Programme, shopper.Now);

        Assert.Equal("gold until 2027-11-22 00:00: purchases 2 of 5, spent 401 of 500", Told(outlook.Keep));
        Assert.Null(outlook.Next);
    }

    [Theory]
    [InlineData("member.spent(\"365d\") >= 1000", "spent 300 of 1000")]
    [InlineData("1000 <= member.spent(\"365d\")", "spent 300 of 1000")]
    [InlineData("member.visits(\"30d\") > 2", "visits 1 of more than 2")]
    [InlineData("member.earned(\"growth\") >= 500", "earned 300 of 500")]
    [InlineData("member.earned(\"growth\", \"year\") >= 500", "earned 300 of 500")]
    [InlineData("member.balance(\"points\") >= 250 && member.purchases(\"week\") >= 2",
        "balance 300 of 250, purchases 1 of 2")]
    [InlineData("member.spent(\"365d\") >= 1000 || member.visits(\"30d\") >= 9", null)]
    [InlineData("member.spent(\"365d\") >= 1000 && member.hasTag(\"vip\")", null)]
    [InlineData("member.spent(\"365d\") * 2 >= 1000", null)]
    [InlineData("member.spent(\"365d\") < 1000 && member.events > 9", null)]
    public void Only_a_condition_that_counts_up_to_a_number_says_what_is_missing(string when, string? missing)
    {
        var shopper = Ladders.Enrolled($"  member: {{}}\n  gold: {{ when: '{when}' }}");
        shopper.Buys("beauty-hall", 300);

        var outlook = TierOutlook.Of(shopper.State, shopper.Programme, shopper.Now);

        Assert.Null(outlook.Keep);
        Assert.Equal(missing is null ? "gold" : $"gold: {missing}", Told(outlook.Next));
    }

    private static string Told(TierAim? aim) =>
        aim!.Tier.Id + (aim.By is { } by ? $" until {LedgerText.Local(by)}" : "")
        + (aim.Gaps is { } gaps ? ": " + string.Join(", ", gaps.Select(Told)) : "");

    private static string Told(TierGap gap) =>
        $"{gap.What[7..gap.What.IndexOf('(', StringComparison.Ordinal)]} {gap.Present:0} of "
        + $"{(gap.Above ? "more than " : "")}{gap.Least}";
}
