using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

public class DatesTests
{
    public static TheoryData<string, string, string> Expiries => new()
    {
        { "months", "2026-11-21T12:00", "2027-11-22 00:00" },
        { "months", "2026-11-21T23:59", "2027-11-22 00:00" },
        { "one month", "2027-01-31T12:00", "2027-03-01 00:00" },
        { "month end", "2026-11-21T12:00", "2027-12-01 00:00" },
        { "days", "2026-11-21T12:00", "2026-12-22 00:00" },
        { "fixed", "2026-11-21T12:00", "2027-04-01 00:00" },
        { "leap", "2026-11-21T12:00", "2027-03-01 00:00" },
        { "leap", "2027-11-21T12:00", "2028-03-01 00:00" },
    };

    [Theory]
    [MemberData(nameof(Expiries))]
    public void Lots_end_at_24_00_of_their_last_day(string policy, string bought, string end)
    {
        ExpiryPolicy expiry = policy switch
        {
            "months" => new ExpiryPolicy.AfterMonths(12, false),
            "one month" => new ExpiryPolicy.AfterMonths(1, false),
            "month end" => new ExpiryPolicy.AfterMonths(12, true),
            "days" => new ExpiryPolicy.AfterDays(30),
            "fixed" => new ExpiryPolicy.NextYearOn(3, 31),
            _ => new ExpiryPolicy.NextYearOn(2, 29),
        };
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with { Expiry = expiry }).Build(),
            bought)
            .Buys("beauty-hall", 10);

        Assert.Equal($"lot 1 points 10/10 until {end}", LedgerText.Lots(shopper));
    }

    [Fact]
    public void Points_are_pending_until_00_00_of_the_third_day_after()
    {
        var shopper = new Shopper(Examples.PointPerYuan(wallet => wallet with { PendingDays = 3 }).Build())
            .Buys("beauty-hall", 10);
        Assert.Equal("lot 1 points 10/10 from 2026-11-24 00:00", LedgerText.Lots(shopper));
        Assert.Equal(Shopper.At("2026-11-24T00:00"), MemberDecider.NextDue(shopper.State, shopper.Programme));

        var early = shopper.Wait("2026-11-23T23:59")
            .Refused(new MemberCommand.Spend("points", new(10), "gift"));
        Assert.Equal(RejectionKind.InsufficientPoints, early.Kind);

        shopper.Wait("2026-11-24T00:00").Spends(10);
        Assert.Equal(
            """
            lot 1 active 10
            spent 10 from 1:10
            """,
            LedgerText.Last(shopper));
    }

    [Fact]
    public void A_balance_is_judged_by_the_clock_and_not_by_whether_a_timer_has_run()
    {
        var shopper = new Shopper(
            Examples.PointPerYuan(wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(1) }).Build())
            .Buys("beauty-hall", 10);

        var late = shopper.Wait("2026-11-23T00:00")
            .Refused(new MemberCommand.Spend("points", new(1), "gift"));
        Assert.Equal("1 asked for, 0 available.", late.Detail.ToString());
    }

    [Fact]
    public void Points_of_a_late_event_are_earned_and_lapse_in_one_decision()
    {
        var programme = Examples.PointPerYuan(wallet => wallet with
        {
            PendingDays = 2,
            Expiry = new ExpiryPolicy.AfterDays(5),
        }).Build();
        var shopper = new Shopper(programme).Wait("2026-11-30T12:00")
            .Buys("beauty-hall", 10, at: "2026-11-20T12:00");

        Assert.Equal(
            """
            lot 1 earned 10
            lot 1 active 10
            lot 1 expired 10
            """,
            LedgerText.Last(shopper));
    }

    [Fact]
    public void Due_work_fires_in_the_order_of_instant_kind_and_lot()
    {
        var programme = Examples.PointPerYuan(wallet =>
            wallet with { PendingDays = 1, Expiry = new ExpiryPolicy.AfterDays(3) })
            .Wallet("growth", wallet => wallet with { Expiry = new ExpiryPolicy.AfterDays(3) })
            .Tier("basic", null, 1).Earn("growth", context => Examples.Paid(context), wallet: "growth")
                .Build();
        var shopper = new Shopper(programme, "2026-11-21T12:00");
        shopper.Buys("beauty-hall", 10).Wait("2026-11-24T12:00").Buys("beauty-hall", 5);
        shopper.Do(new MemberCommand.AddTag("vip", Shopper.At("2026-11-25T00:00"), null));

        shopper.Wait("2026-12-30T00:00").Fires();

        Assert.Equal(
            ["Activated 3", "Expired 1", "Expired 2", "TagRemoved", "Expired 3", "Expired 4", "TierChanged"],
            shopper.Last.Select(fact => fact switch
            {
                Fact.Activated active => $"Activated {active.Lot}",
                Fact.Expired expired => $"Expired {expired.Lot}",
                _ => fact.GetType().Name,
            }));
    }

    [Fact]
    public void A_timer_that_is_stale_changes_nothing() =>
        Assert.IsType<Decision.Unchanged>(new Shopper(Examples.PointPerYuan().Build())
            .Do(new MemberCommand.FireDue()));

    [Fact]
    public void A_day_that_begins_after_a_clock_change_begins_at_the_first_time_that_exists()
    {
        var beirut = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");
        var start = Rules.Quantities.ZoneTime.StartOfDay(new(2024, 3, 31), beirut);

        Assert.Equal(new(2024, 3, 30, 22, 0, 0, TimeSpan.Zero), start);
        Assert.Equal(new(1, 0, 0), Rules.Quantities.ZoneTime.Local(start, beirut).TimeOfDay);
    }

    [Theory]
    [InlineData("2026-06-01T12:00", "2027-02-28T00:00", "2027-02-28 00:00")]
    [InlineData("2027-06-01T12:00", "2028-02-29T00:00", "2028-02-29 00:00")]
    public void A_birthday_on_the_29th_of_February_comes_every_year(string enrolled, string clock, string day)
    {
        var programme = Examples.Plain().Earn("cake", _ => 88, on: EventTypes.MemberBirthday).Build();
        var shopper = Born(programme, enrolled, new(4, 2, 29));
        Assert.Equal(day, LedgerText.Local(MemberDecider.NextDue(shopper.State, programme)!.Value));

        shopper.Wait(clock).Fires();
        Assert.Equal("lot 1 earned 88", LedgerText.Last(shopper));
        Assert.IsType<Decision.Unchanged>(shopper.Do(new MemberCommand.FireDue()));
    }

    [Fact]
    public void Three_years_of_silence_bring_three_birthdays()
    {
        var programme = Examples.Plain().Earn("cake", _ => 88, on: EventTypes.MemberBirthday).Build();
        var shopper = Born(programme, "2026-06-01T12:00", new(4, 7, 1)).Wait("2029-06-30T12:00").Fires();

        Assert.Equal(3, shopper.Last.OfType<Fact.Earned>().Count());
    }

    [Fact]
    public void A_birthday_that_becomes_known_after_the_day_is_not_made_up_for()
    {
        var programme = Examples.Plain().Earn("cake", _ => 88, on: EventTypes.MemberBirthday).Build();
        var shopper = new Shopper(programme, "2026-06-01T12:00").Wait("2026-09-01T12:00");
        shopper.Sends(EventTypes.MemberUpdated, new MemberData(
            MemberState.Empty.Attributes.Add("birthday", new FieldValue.Date(new(4, 7, 1)))));

        Assert.Equal("", LedgerText.Last(shopper));
        Assert.Equal(Shopper.At("2027-07-01T00:00"), MemberDecider.NextDue(shopper.State, programme));
    }

    private static Shopper Born(Programme programme, string enrolled, DateOnly birthday)
    {
        var shopper = new Shopper(programme, enrolled, enrol: false);
        shopper.Do(new MemberCommand.Enrol(
            Shopper.Id, shopper.Now, null, [],
            MemberState.Empty.Attributes.Add("birthday", new FieldValue.Date(birthday))));
        return shopper;
    }
}
