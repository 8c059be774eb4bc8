using System.Globalization;
using MallVip.Rules.Due;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Which change of a programme may bring some member's work earlier.</summary>
public class DueOutlookTests
{
    private const string Shanghai = "Asia/Shanghai";
    private const string Tokyo = "Asia/Tokyo";

    /// <summary>Events of time; behind <c>@</c> the day since when they are waited for.</summary>
    [Theory]
    [InlineData("", "member.inactive(60d)", true)]
    [InlineData("member.inactive(60d)", "member.inactive(60d)", false)]
    [InlineData("member.inactive(60d)", "member.inactive(90d)", true)]
    [InlineData("member.inactive(60d)", "", false)]
    [InlineData("member.inactive(60d) tier.ending(30d)", "tier.ending(30d)", false)]
    [InlineData("tier.ending(30d)", "points.expiring(30d)", true)]
    [InlineData("tier.ending(30d)", "tier.ending(30d) tier.ending(29d)", true)]
    [InlineData("tier.ending(30d)@5", "tier.ending(30d)@5", false)]
    [InlineData("tier.ending(30d)@5", "tier.ending(30d)@6", true)]
    [InlineData("tier.ending(30d)", "tier.ending(30d)@6", true)]
    // A birthday comes whether a rule waits for it or not: its row is there.
    [InlineData("", "member.birthday", false)]
    [InlineData("mall.purchase", "tier.changed", false)]
    public void Of_events_of_time(string before, string after, bool earlier) =>
        Assert.Equal(earlier, Waiting(after).MayBeEarlierThan(Waiting(before)));

    /// <summary>The programme's own zone is that of Shanghai; an empty name: there is no such mall.</summary>
    [Theory]
    [InlineData(Shanghai, Shanghai, false)]
    [InlineData(Shanghai, Tokyo, true)]
    [InlineData(Tokyo, Shanghai, true)]
    [InlineData("", Shanghai, false)]
    [InlineData(Shanghai, "", false)]
    [InlineData("", Tokyo, true)]
    [InlineData(Tokyo, "", true)]
    public void Of_the_zone_of_a_mall(string before, string after, bool earlier) =>
        Assert.Equal(earlier, Zoned(after).MayBeEarlierThan(Zoned(before)));

    [Theory]
    [InlineData("member.inactive(60d)", "member.inactive(60d)", true)]
    [InlineData("member.inactive(60d)", "", false)]
    [InlineData("", "member.inactive(60d)", false)]
    public void Two_are_alike_when_neither_may_be_earlier(string one, string other, bool alike) =>
        Assert.Equal(alike, Waiting(one).IsAs(Waiting(other)));

    private static DueOutlook Waiting(string events)
    {
        var rules = "ruleset: t\nrules:\n";
        var since = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var (at, text) in events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            var dated = text.Split('@');
            rules += $"  r{at}: {{ on: {dated[0]}, alert: {{ name: a{at} }} }}\n";
            since[dated[0]] = dated.Length == 1 ? null : Day(dated[1]);
        }

        return DueOutlook.Of(Small.Programme(events.Length == 0 ? "ruleset: t" : rules).WaitingSince(since));
    }

    private static DueOutlook Zoned(string mall)
    {
        var malls = mall.Length == 0 ? "" : $", late: {{ name: Late, timezone: {mall} }}";
        return DueOutlook.Of(Small.Programme("ruleset: t", $$"""
            timezone: {{Shanghai}}
            currency: CNY
            malls: { bay: { name: Bay }{{malls}} }
            categories: [dining]
            stores: { noodles: { category: dining, mall: bay } }
            wallets: { points: {} }
            """));
    }

    private static DateTimeOffset Day(string day) =>
        new(2026, 5, int.Parse(day, CultureInfo.InvariantCulture), 0, 0, 0, TimeSpan.Zero);
}
