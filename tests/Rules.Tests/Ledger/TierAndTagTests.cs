using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

public class TierAndTagTests
{
    [Fact]
    public void Everyone_has_the_lowest_tier_from_enrolment_on()
    {
        var shopper = new Shopper(Ladder().Build());

        Assert.Equal("tier - -> basic", LedgerText.Last(shopper));
    }

    [Fact]
    public void The_upgrade_comes_with_the_purchase_that_reaches_it()
    {
        var shopper = new Shopper(Ladder().Build()).Buys("beauty-hall", 999).Buys("beauty-hall", 1);

        Assert.Equal("tier basic -> silver until 2027-11-22 00:00", LedgerText.Last(shopper));
    }

    [Fact]
    public void The_rules_of_the_purchase_still_see_the_old_tier()
    {
        var programme = Ladder()
            .Earn("silver-only", context => context.Member.Tier?.Tier == "silver" ? 10 : null).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 1000);
        Assert.Equal("= 0", LedgerText.Earned(shopper));

        Assert.Equal("points/silver-only 10\n= 10", LedgerText.Earned(shopper.Buys("beauty-hall", 1)));
    }

    [Fact]
    public void A_large_purchase_skips_a_step() =>
        Assert.Equal("gold", new Shopper(Ladder().Build()).Buys("beauty-hall", 5000).State.Tier?.Tier);

    [Fact]
    public void At_the_end_a_tier_is_renewed_while_its_condition_holds_and_else_falls_to_the_one_that_does()
    {
        var shopper = new Shopper(Ladder().Build()).Buys("beauty-hall", 5000)
            .Wait("2027-10-01T12:00").Buys("beauty-hall", 1200)
            .Wait("2027-11-22T00:00").Fires();
        Assert.Equal("tier gold -> silver until 2028-11-22 00:00", LedgerText.Last(shopper));

        shopper.Wait("2028-10-01T12:00").Buys("beauty-hall", 1000).Wait("2028-11-22T00:00").Fires();
        Assert.Equal("tier silver -> silver until 2029-11-22 00:00", LedgerText.Last(shopper));

        shopper.Wait("2029-11-22T00:00").Fires();
        Assert.Equal("tier silver -> basic", LedgerText.Last(shopper));
    }

    [Fact]
    public void Spending_points_never_touches_the_tier()
    {
        var shopper = new Shopper(Ladder().Earn("base", Paid).Build()).Buys("beauty-hall", 1000).Spends(1000);

        Assert.Equal("silver", shopper.State.Tier?.Tier);
    }

    [Fact]
    public void A_tag_by_rule_ends_after_its_time_and_is_extended_by_the_next()
    {
        var programme = Examples.Plain()
            .Tag("lover", "beauty-lover", TimeSpan.FromDays(30), _ => true, EventTypes.Purchase).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 1).Wait("2026-12-01T12:00")
            .Buys("beauty-hall", 1);
        Assert.Equal(Shopper.At("2026-12-31T12:00"), Assert.Single(shopper.State.Tags).Until);

        shopper.Buys("beauty-hall", 1, at: "2026-11-25T12:00");
        Assert.Equal(Shopper.At("2026-12-31T12:00"), Assert.Single(shopper.State.Tags).Until);

        shopper.Wait("2026-12-31T12:00").Fires();
        Assert.Empty(shopper.State.Tags);
    }

    [Fact]
    public void A_rule_may_take_a_tag_away()
    {
        var programme = Examples.Plain().Untag("awake", "dormant", EventTypes.Purchase).Build();
        var shopper = new Shopper(programme);
        shopper.Do(new MemberCommand.AddTag("dormant", null, null));

        Assert.Empty(shopper.Buys("beauty-hall", 1).State.Tags);
    }

    [Fact]
    public void A_tag_that_is_there_already_is_nothing_to_record()
    {
        var shopper = new Shopper(Examples.Plain().Build());
        shopper.Do(new MemberCommand.AddTag("vip", null, null));

        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.AddTag("vip", null, null)));
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.RemoveTag("other", null)));
    }

    private static decimal? Paid(EvalContext context) => Examples.Paid(context);

    private static FakeProgramme Ladder() => Examples.Plain()
        .Tier("basic", null)
        .Tier("silver", context => Year(context) >= 1_000, 12)
        .Tier("gold", context => Year(context) >= 5_000, 12);

    private static decimal Year(EvalContext context) =>
        context.Member.Days.Spent(context.Day.AddDays(-364), context.Day);
}
