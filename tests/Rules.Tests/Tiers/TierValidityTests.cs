using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>When tiers end, what keeps them, and where who does not keep one falls.</summary>
public class TierValidityTests
{
    private const string Steps = """
          member: {}
          silver: { when: 'member.spent("365d") >= 1000' }
          gold: { when: 'member.spent("365d") >= 3000' }

        """;

    [Theory]
    [InlineData("valid-months: 12", "2027-11-22")]
    [InlineData("valid-months: 12, valid-from: entry", "2027-11-22")]
    [InlineData("valid-months: 12, valid-from: enrolment", "2027-03-16")]
    [InlineData("valid-months: 6, valid-from: enrolment", "2027-03-16")]
    [InlineData("valid-months: 12, valid-from: vip_since", "2027-07-01")]
    [InlineData("valid-to: 12-31", "2027-01-01")]
    [InlineData("valid-to: 11-21", "2027-11-22")]
    [InlineData("valid-months: 12, valid-to: 12-31", "2028-01-01")]
    [InlineData("valid-months: 12, valid-to: 04-01", "2028-04-02")]
    [InlineData("valid-months: 6, valid-to: month-end", "2027-06-01")]
    public void The_end_follows_from_the_policy(string policy, string end)
    {
        var shopper = Gold(policy, "2020-06-30");

        Assert.Equal($"tier member -> gold until {end} 00:00", LedgerText.Last(shopper).Split('\n')[^1]);
    }

    [Theory]
    [InlineData("valid-months: 12, valid-from: vip_since", "2027-11-22")]
    [InlineData("valid-months: 12, valid-from: vip_since", "2027-02-04", "2027-02-03")]
    public void A_date_that_is_missing_counts_from_the_entry_and_one_ahead_is_an_end_itself(
        string policy, string end, string? since = null) =>
        Assert.Equal(Shopper.At(end), Gold(policy, since).State.Tier?.Until);

    [Fact]
    public void The_next_validity_follows_the_cycle()
    {
        var shopper = Gold("keep: 'member.purchases(\"year\") >= 1', valid-to: 12-31", null);

        Assert.Equal("gold -> gold by validity until 2028-01-01 00:00", After(shopper, "2027-01-01T00:00"));
        Assert.Equal("gold -> member by validity", After(shopper, "2028-01-01T00:00"));
    }

    [Fact]
    public void A_window_is_asked_as_of_the_last_day_not_of_the_year_that_begins()
    {
        var shopper = Gold("keep: 'member.spent(\"year\") >= 3000', valid-to: 12-31", null);

        Assert.Equal("gold -> gold by validity until 2028-01-01 00:00", After(shopper, "2027-01-01T00:00"));
    }

    [Fact]
    public void What_keeps_a_tier_may_be_less_than_what_reaches_it()
    {
        var shopper = Gold("valid-months: 12, keep: 'member.purchases(\"365d\") >= 3'", null)
            .Wait("2027-05-01T12:00").Buys("beauty-hall", 1).Buys("beauty-hall", 1).Buys("beauty-hall", 1);

        Assert.Equal("gold -> gold by validity until 2028-11-22 00:00", After(shopper, "2027-11-22T00:00"));
        Assert.Equal("gold -> member by validity", After(shopper, "2028-11-22T00:00"));
    }

    [Theory]
    [InlineData("requalify", 0, "gold -> member by validity")]
    [InlineData("requalify", 1000, "gold -> silver by validity")]
    [InlineData("one-down", 0, "gold -> silver by validity")]
    [InlineData("one-down", 1000, "gold -> silver by validity")]
    public void Who_does_not_keep_it_falls_one_step_or_to_what_is_earned(string way, int spend, string move)
    {
        var shopper = Gold($"valid-months: 12, downgrade: {way}", null).Wait("2027-10-01T12:00");
        if (spend > 0)
            shopper.Buys("beauty-hall", spend);

        Assert.Equal(move, After(shopper, "2027-11-22T00:00"));
    }

    [Fact]
    public void A_tier_stays_for_its_days_of_grace_and_then_falls()
    {
        var shopper = Gold("valid-months: 12, grace: 30d", null);

        Assert.Equal("gold -> gold by grace until 2027-12-22 00:00", After(shopper, "2027-11-22T00:00"));
        Assert.Equal(Shopper.At("2027-11-22"), shopper.State.Tier!.Grace);
        Assert.Equal("gold -> member by validity", After(shopper, "2027-12-22T00:00"));
    }

    [Fact]
    public void What_is_bought_in_the_days_of_grace_keeps_the_tier_at_once_and_does_not_move_the_cycle()
    {
        var shopper = Gold("valid-months: 12, grace: 30d", null);
        After(shopper, "2027-11-22T00:00");
        shopper.Wait("2027-12-01T12:00").Buys("beauty-hall", 2999);
        Assert.Equal(Shopper.At("2027-12-22"), shopper.State.Tier!.Until);

        shopper.Buys("beauty-hall", 1);
        Assert.Equal("gold -> gold by grace until 2028-11-22 00:00", Ladders.Moves(shopper));
        Assert.Null(shopper.State.Tier!.Grace);
    }

    [Theory]
    [InlineData("valid-months: 12, valid-from: birthdate", "TIER_ANCHOR_UNKNOWN")]
    [InlineData("valid-to: 12-31, valid-from: enrolment", "TIER_ANCHOR_ALONE")]
    [InlineData("valid-from: enrolment", "TIER_ANCHOR_ALONE")]
    [InlineData("grace: 30d", "TIER_KEEP_NO_END")]
    [InlineData("keep: 'true'", "TIER_KEEP_NO_END")]
    [InlineData("valid-to: 13-31", "VALUE_NOT_TIER_END")]
    [InlineData("valid-to: year-end", "VALUE_NOT_TIER_END")]
    [InlineData("valid-months: 12, grace: 30", "VALUE_NOT_DAYS")]
    [InlineData("valid-months: 12, downgrade: two-down", "VALUE_UNKNOWN_WORD")]
    [InlineData("valid-months: 12, keep: 'member.spnet(\"year\") > 1'", "CEL_UNKNOWN_FUNCTION")]
    public void A_ladder_that_cannot_be_meant_is_an_error(string policy, string code)
    {
        var failure = Assert.Throws<ArgumentException>(() => Ladders.Of(With(policy)));

        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
    }

    private static string With(string policy) =>
        Steps.Replace("3000' }", $"3000', {policy} }}", StringComparison.Ordinal);

    /// <summary>Enrolled on 2026-03-15, gold on 2026-11-21.</summary>
    private static Shopper Gold(string policy, string? since)
    {
        var shopper = new Shopper(Ladders.Of(With(policy)), "2026-03-15T09:00", enrol: false);
        var attributes = since is null ? null : ImmutableSortedDictionary<string, FieldValue>.Empty
            .Add("vip_since", new FieldValue.Date(DateOnly.Parse(since, null)));
        shopper.Do(new MemberCommand.Enrol(Shopper.Id, shopper.Now, null, [], attributes));
        return shopper.Wait("2026-11-21T12:00").Buys("beauty-hall", 3000);
    }

    private static string After(Shopper shopper, string at) => Ladders.Moves(shopper.Wait(at).Fires());
}
