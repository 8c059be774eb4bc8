using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Due;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Events that time makes: each occurrence once, whether a timer ran or not.</summary>
public class TimedEventTests
{
    private const string Rules = """
        ruleset: t
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid } }
          away: { on: member.inactive(30d), alert: { name: away, data: { days: event.days } } }
          far: { on: member.inactive(60d), earn: { amount: 7 } }
          lapse:
            on: points.expiring(7d)
            alert: { name: lapse, data: { wallet: event.wallet, points: event.points } }
          lift: { on: mall.purchase, when: event.paid >= 500, tier: { to: gold, for: 60d } }
          ending:
            on: tier.ending(10d)
            alert: { name: ending, data: { tier: event.tier, ends: event.ends } }
        """;

    [Fact]
    public void A_member_who_stays_away_is_noticed_at_midnight_once_and_again_after_the_next_visit()
    {
        var shopper = New().Buys("noodles", 10);
        Assert.Equal(Shopper.At("2026-12-21T00:00"), Next(shopper));

        Assert.Equal(["away 30"], Effects(shopper.Wait("2026-12-21T00:00").Fires()));
        Assert.IsType<Decision.Unchanged>(shopper.Wait("2026-12-25T00:00").Do(new MemberCommand.FireDue()));
        shopper.Buys("noodles", 10);
        Assert.Equal(["away 30"], Effects(shopper.Wait("2027-01-24T00:00").Fires()));
    }

    [Fact]
    public void Who_never_came_is_away_since_the_enrolment() =>
        Assert.Equal(["away 30"], Effects(New().Wait("2026-12-21T00:00").Fires()));

    [Fact]
    public void Points_that_lapse_together_are_one_event_a_wallet_and_are_announced_once()
    {
        var shopper = New().Buys("noodles", 10).Wait("2026-11-21T20:00").Buys("noodles", 20);
        shopper.Wait("2027-11-14T00:00");
        Assert.Equal(
            new(Shopper.At("2027-11-15T00:00").Ticks, TimeSpan.FromHours(8)),
                After(shopper, "points.expiring(7d)"));

        shopper.Fires().Wait("2027-11-15T00:00").Fires();
        Assert.Equal(["lapse 30 points"], Effects(shopper));
        Assert.Equal(["lapse 7 points"], Effects(shopper.Wait("2028-01-14T00:00").Fires()));
    }

    [Fact]
    public void A_tier_that_is_extended_ends_another_time()
    {
        var shopper = New().Buys("noodles", 500);
        Assert.Contains("ending 2027-01-20T16:00:00+00:00 gold",
            All(shopper.Wait("2027-01-11T00:00").Fires()));

        shopper.Buys("noodles", 500);
        Assert.DoesNotContain(
            Effects(shopper), effect => effect.StartsWith("ending", StringComparison.Ordinal));
        Assert.Contains("ending 2027-03-12T16:00:00+00:00 gold",
            All(shopper.Wait("2027-03-03T00:00").Fires()));
    }

    [Fact]
    public void It_makes_no_difference_whether_timers_ran()
    {
        var (punctual, late) = (New(), New());
        foreach (var (day, paid) in new[] { (0, 500), (20, 10), (95, 500), (96, 30), (300, 10), (420, 5) })
        {
            while (Next(punctual) is { } due && due <= Start.AddDays(day))
                punctual.Wait(Local(due)).Fires();
            foreach (var shopper in new[] { punctual, late })
                shopper.Wait(Local(Start.AddDays(day))).Buys("noodles", paid, $"R{day}");
        }

        Assert.Equal(
            late.Journal.SelectMany(entry => entry.Facts).Select(fact => fact.ToString()),
            punctual.Journal.SelectMany(entry => entry.Facts).Select(fact => fact.ToString()));
        Assert.True(late.State.Timed.Length == 4, string.Join(", ", late.State.Timed));
        Assert.Equal(
            MemberSnapshot.Write(late.State), MemberSnapshot.Write(late.Replay(late.Journal.Count)));
    }

    [Fact]
    public void A_programme_without_such_rules_has_no_such_work()
    {
        var shopper = new Shopper(Small.Programme("ruleset: t")).Buys("noodles", 10);

        Assert.Null(Next(shopper));
        Assert.Empty(shopper.Wait("2030-01-01T00:00").State.Timed);
    }

    [Fact]
    public void A_rule_that_has_always_been_there_finds_what_has_come_to_pass()
    {
        var shopper = new Shopper(Small.Programme("ruleset: t")).Buys("noodles", 10).Wait("2027-02-01T00:00");
        shopper.Programme = Small.Programme(Rules);

        Assert.Equal(Shopper.At("2026-12-21T00:00"), Next(shopper));
        Assert.Equal(["away 30"], Effects(shopper.Fires()));
    }

    [Fact]
    public void A_rule_that_is_published_later_waits_for_what_comes_from_then_on()
    {
        var shopper = new Shopper(Small.Programme("ruleset: t")).Buys("noodles", 10).Wait("2027-01-01T12:00");
        shopper.Programme = Since("2027-01-01T12:00");

        Assert.Equal(Shopper.At("2027-01-20T00:00"), Next(shopper));
        shopper.Wait("2027-01-25T00:00").Fires();
        Assert.Equal(7, Assert.Single(shopper.Last.OfType<Fact.Earned>()).Amount.Value);
        shopper.Buys("noodles", 10);
        Assert.Equal(["away 30"], Effects(shopper.Wait("2027-02-24T00:00").Fires()));
    }

    [Fact]
    public void The_very_instant_of_the_publish_counts()
    {
        var shopper = New().Buys("noodles", 10);

        shopper.Programme = Since("2026-12-21T00:00");
        Assert.Equal(Shopper.At("2026-12-21T00:00"), Next(shopper));
        shopper.Programme = Since("2026-12-21T00:01");
        Assert.Equal(Shopper.At("2027-01-20T00:00"), Next(shopper));
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Asia/Bangkok")]
    [InlineData("Europe/London")]
    public void Another_zone_brings_nothing_back_that_has_fired(string zone)
    {
        var birthday = ImmutableSortedDictionary<string, FieldValue>.Empty
            .Add("birthday", new FieldValue.Date(new(2000, 12, 1)));
        var shopper = new Shopper(Zoned("Asia/Shanghai"))
            .Sends(EventTypes.MemberUpdated, new MemberData(birthday)).Wait("2026-12-22T00:00").Fires();
        Assert.Equal(["gift", "away"], Targets(shopper));

        shopper.Programme = Zoned(zone);
        shopper.Wait("2027-11-30T12:00");
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.FireDue()));
        Assert.Equal(["gift"], Targets(shopper.Wait("2027-12-02T12:00").Fires()));
    }

    private static Programme Zoned(string zone) => Small.Programme("""
        ruleset: t
        rules:
          gift: { on: member.birthday, alert: { name: gift } }
          away: { on: member.inactive(30d), alert: { name: away } }
        """, Small.Declarations.Replace(
            "timezone: Asia/Shanghai", $"timezone: {zone}", StringComparison.Ordinal));

    private static IEnumerable<string> Targets(Shopper shopper) =>
        shopper.Last.OfType<Fact.Effect>().Select(effect => effect.Target);

    private static Programme Since(string local)
    {
        var programme = Small.Programme(Rules);
        return programme.WaitingSince(programme.Timed.ToDictionary(
            timed => timed.Type, timed => (DateTimeOffset?)Shopper.At(local), StringComparer.Ordinal));
    }

    private static DateTimeOffset Start => Shopper.At("2026-11-21T12:00");

    /// <summary>Gold is only given: two purchases do not earn it.</summary>
    private static Shopper New() => new(Small.Programme(
        Rules, Small.Declarations.Replace(">= 1000", ">= 100000", StringComparison.Ordinal)));

    private static string Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8))
        .ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset? Next(Shopper shopper) =>
        MemberDecider.NextDue(shopper.State, shopper.Programme);

    private static DateTimeOffset? After(Shopper shopper, string type) => TimedEvents.Next(
        shopper.State, shopper.Programme, shopper.Programme.Timed.Single(timed => timed.Type == type));

    private static IEnumerable<string> Effects(Shopper shopper) => shopper.Last.OfType<Fact.Effect>()
        .Select(Text);

    private static IEnumerable<string> All(Shopper shopper) =>
        shopper.Journal.SelectMany(entry => entry.Facts).OfType<Fact.Effect>().Select(Text);

    private static string Text(Fact.Effect effect) => string.Join(' ',
        effect.Data!.Select(data => FieldText.Of(data.Value)).Prepend(effect.Target));
}
