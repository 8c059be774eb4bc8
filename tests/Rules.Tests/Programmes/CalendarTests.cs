namespace MallVip.Rules.Tests.Programmes;

/// <summary>Days by name: of one year, of every year, of every month.</summary>
public class CalendarTests
{
    [Theory]
    [InlineData("member-day", "2026-11-07", false)]
    [InlineData("member-day", "2026-11-08", true)]
    [InlineData("member-day", "2026-11-30", true)]
    [InlineData("member-day", "2026-10-30", false)]
    [InlineData("member-day", "2027-02-28", true)]
    [InlineData("holidays", "2026-05-01", true)]
    [InlineData("holidays", "2030-05-01", true)]
    [InlineData("holidays", "2026-05-02", false)]
    [InlineData("holidays", "2026-12-23", false)]
    [InlineData("holidays", "2026-12-24", true)]
    [InlineData("holidays", "2026-12-31", true)]
    [InlineData("holidays", "2027-01-02", true)]
    [InlineData("holidays", "2027-01-03", false)]
    [InlineData("holidays", "2027-02-28", true)]
    [InlineData("holidays", "2028-02-28", false)]
    [InlineData("holidays", "2028-02-29", true)]
    [InlineData("holidays", "2026-02-14", false)]
    [InlineData("holidays", "2026-02-15", true)]
    [InlineData("holidays", "2026-02-23", true)]
    [InlineData("holidays", "2027-02-23", false)]
    [InlineData("holidays", "2026-11-11", true)]
    public void A_day_is_in_a_calendar(string calendar, string day, bool expected)
    {
        var happened = Small.Purchase("noodles", 10, day + "T12:00:00+08:00");

        Assert.Equal(expected, Small.Holds($"event.local.on(\"{calendar}\")", happened));
        Assert.Equal(expected, Acts($"{{ calendar: {calendar} }}", day + "T12:00:00+08:00"));
        Assert.Equal(!expected, Acts($"{{ except: {calendar} }}", day + "T12:00:00+08:00"));
    }

    [Theory]
    [InlineData("{ calendar: [member-day, holidays] }", "2026-11-11T12:00:00+08:00", true)]
    [InlineData("{ calendar: [member-day, holidays] }", "2026-11-12T12:00:00+08:00", false)]
    [InlineData("{ calendar: member-day, except: [holidays] }", "2026-12-31T12:00:00+08:00", false)]
    [InlineData("{ calendar: member-day }", "2026-11-07T16:00:00Z", true)]
    [InlineData("{ calendar: member-day }", "2026-11-08T16:00:00Z", false)]
    [InlineData("{ calendar: member-day, hours: \"22:00-02:00\" }", "2026-11-09T01:00:00+08:00", true)]
    [InlineData("{ calendar: member-day, hours: \"22:00-02:00\" }", "2026-11-08T01:00:00+08:00", false)]
    [InlineData("{ calendar: member-day, days: [mon] }", "2026-11-08T12:00:00+08:00", false)]
    public void A_rule_acts_on_the_days_of_its_calendars(string active, string time, bool expected) =>
        Assert.Equal(expected, Acts(active, time));

    private static bool Acts(string active, string time)
    {
        var rules =
            $"ruleset: t\nrules:\n  r: {{ on: mall.purchase, active: {active}, earn: {{ amount: 1 }} }}";
        return Small.Match(Small.Programme(rules), Small.Purchase("noodles", 10, time)).Count == 1;
    }
}
