using MallVip.Rules.Achievements;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Achievements;

/// <summary>Streaks and badges: what counts, on which day, and when it is reached.</summary>
public class AchievementTests
{
    [Fact]
    public void Seven_days_in_a_row_are_reached_on_the_seventh_and_again_on_the_fourteenth()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-20T00:00");
        for (var day = 1; day <= 15; day++)
        {
            shopper.ChecksIn($"2026-06-{day:00}").ChecksIn($"2026-06-{day:00}");
            Assert.Equal(day / 7, shopper.Times("week"));
        }

        Assert.Equal(140, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void A_missed_day_begins_the_row_anew()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-20T00:00");
        shopper.ChecksIn(Days(1, 6)).ChecksIn(Days(8, 13));
        Assert.Equal(0, shopper.Times("week"));

        Assert.Equal("week", shopper.ChecksIn("2026-06-14").Reached());
    }

    [Fact]
    public void A_gap_that_is_filled_late_joins_the_row_and_what_was_reached_before_counts_once()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-20T00:00");
        shopper.ChecksIn(Days(1, 3)).ChecksIn(Days(5, 7));
        Assert.Equal("week", shopper.ChecksIn("2026-06-04").Reached());

        shopper.ChecksIn(Days(9, 14));
        Assert.Equal(1, shopper.Times("week"));
        Assert.Equal("week", shopper.ChecksIn("2026-06-08").Reached());
        Assert.Equal(2, shopper.ChecksIn("2026-06-15").Times("week"));
    }

    [Fact]
    public void In_whatever_order_fourteen_days_arrive_the_row_is_reached_twice()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var days = Days(1, 14);
            new Random(seed).Shuffle(days);
            Assert.Equal(2, Badges.Enrolled().Wait("2026-06-20T00:00").ChecksIn(days).Times("week"));
        }
    }

    [Fact]
    public void Weeks_in_a_row_are_reached_once_while_unbroken()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-30T23:00");
        shopper.ChecksIn("2026-06-02", "2026-06-14");
        Assert.Equal("row", shopper.ChecksIn("2026-06-15").Reached());

        Assert.Equal("", shopper.ChecksIn("2026-06-25").Reached());
    }

    [Fact]
    public void Reaching_sets_off_rules_which_set_off_others()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-20T00:00").ChecksIn(Days(1, 7));

        Assert.Equal("badges/week", Assert.Single(shopper.Last.OfType<Fact.Earned>()).Why!.Rule);
        Assert.Equal("runner", Assert.Single(shopper.Last.OfType<Fact.TagAdded>()).Tag);
        Assert.Equal("thanks", Assert.Single(shopper.Last.OfType<Fact.Effect>()).Target);
    }

    [Fact]
    public void Purchases_of_a_month_count_in_their_own_month_also_when_they_come_late()
    {
        var shopper = Badges.Enrolled().Wait("2026-07-03T12:00");
        foreach (var day in (string[])["2026-07-01", "2026-07-02", "2026-06-28", "2026-06-29", "2026-06-30"])
            shopper.Buys("noodles", 60, at: $"{day}T12:00");
        Assert.Equal(0, shopper.Times("regular"));

        shopper.Buys("noodles", 49, at: "2026-06-27T12:00");
        Assert.Equal(0, shopper.Times("regular"));
        Assert.Equal("regular", shopper.Buys("noodles", 50, at: "2026-06-26T12:00").Reached());
        Assert.Equal("", shopper.Buys("noodles", 50, at: "2026-06-26T13:00").Reached());
        shopper.Buys("noodles", 50).Buys("noodles", 50);
        Assert.Equal(2, shopper.Times("regular"));
    }

    [Fact]
    public void An_amount_is_reached_once_or_with_every_multiple()
    {
        var shopper = Badges.Enrolled();
        Assert.Equal("big-year, tens x2", shopper.Buys("noodles", 25_000).Reached());

        Assert.Equal("tens", shopper.Buys("noodles", 5_000).Reached());
        Assert.Equal("tens x2", shopper.Buys("noodles", 20_000).Reached());
    }

    [Fact]
    public void Days_count_once_however_much_is_bought_and_a_wholly_returned_purchase_gives_its_day_back()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-10T12:00");
        shopper.Buys("noodles", 10, "A", "2026-06-01T12:00").Buys("noodles", 10, "B", "2026-06-01T13:00")
            .Buys("noodles", 10, "C", "2026-06-02T12:00");
        shopper.Returns("noodles", "A", 10).Returns("noodles", "C", 4);
        Assert.Equal(2, Progress(shopper, "guest"));

        shopper.Returns("noodles", "C", 6);
        Assert.Equal(1, Progress(shopper, "guest"));
        Assert.Equal("", shopper.Buys("noodles", 10, at: "2026-06-03T12:00").Reached());
        Assert.Equal("guest", shopper.Buys("noodles", 10, at: "2026-06-04T12:00").Reached());
    }

    [Fact]
    public void Of_an_amount_the_share_that_is_back_no_longer_counts_and_buying_again_brings_nothing_twice()
    {
        var shopper = Badges.Enrolled().Buys("noodles", 9_999.99m, "A");
        shopper.Returns("noodles", "A", 3_333.33m).Returns("noodles", "A", 3_333.33m);
        Assert.Equal(3_333.33m, Progress(shopper, "tens"));
        shopper.Returns("noodles", "A", 3_333.33m);
        Assert.Equal(0, Progress(shopper, "tens"));

        Assert.Equal("tens", shopper.Buys("noodles", 10_000, "B").Reached());
        shopper.Returns("noodles", "B", 10_000);
        Assert.Equal("", shopper.Buys("noodles", 10_000).Reached());
        Assert.Equal("big-year, tens", shopper.Buys("noodles", 10_000).Reached());
    }

    [Fact]
    public void Nothing_counts_for_a_blacklisted_member()
    {
        var shopper = Badges.Enrolled().Becomes(MemberStatus.Blacklisted).Buys("noodles", 25_000);

        Assert.Null(shopper.State.Achievements);
    }

    [Fact]
    public void Two_who_become_one_have_one_row_and_what_each_has_reached()
    {
        var old = Badges.Enrolled().Wait("2026-06-20T00:00").ChecksIn(Days(1, 7));
        var member = Badges.Enrolled().Wait("2026-06-20T00:00").ChecksIn(Days(7, 12));
        member.Do(new MemberCommand.Absorb(
            "m1", MemberId.Parse("00000000-0000-0000-0000-000000000002"), old.Journal.Count, old.State));

        Assert.Equal(12, Streak(member));
        Assert.Equal((13m, 12, 1), Sum(member));
        Assert.Equal("", member.ChecksIn("2026-06-13").Reached());
        Assert.Equal("week", member.ChecksIn("2026-06-14").Reached());
    }

    [Fact]
    public void A_row_lives_until_the_next_day_is_over()
    {
        var shopper = Badges.Enrolled().Wait("2026-06-20T00:00").ChecksIn(Days(1, 5));
        var week = shopper.Programme.FindAchievement("week")!;

        Assert.Equal((5m, new(2026, 6, 7)), Shown(5));
        Assert.Equal((5m, new(2026, 6, 7)), Shown(6));
        Assert.Equal((0m, null), Shown(7));

        (decimal, DateOnly?) Shown(int day)
        {
            var progress = AchievementProgress.Of(shopper.State, week, new(2026, 6, day));
            return (progress.Shown, progress.Ends);
        }
    }

    [Fact]
    public void Conditions_ask_for_what_was_reached_and_how_long_the_row_is()
    {
        const string Rules = """
            ruleset: t
            rules:
              long: { on: app.checkin, when: 'member.streak("week") >= 2', earn: { amount: 1 } }
              runner: { on: app.checkin, when: 'member.achieved("week") > 0', earn: { amount: 1000 } }
              half: { on: app.checkin, when: 'member.progress("week") == 3.0', earn: { amount: 100 } }
            """;
        var shopper = new Shopper(Badges.Of(Rules), "2026-06-01T09:00").Wait("2026-06-20T00:00");

        shopper.ChecksIn(Days(1, 8));
        Assert.Equal(1_000 + 100 + 6, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void The_book_survives_a_snapshot()
    {
        var state = Badges.Enrolled().Wait("2026-06-20T00:00").ChecksIn(Days(1, 9)).State;
        var bytes = MemberSnapshot.Write(state);
        var back = MemberSnapshot.Read(MemberSnapshot.Schema, bytes)!;

        Assert.Equal(bytes, MemberSnapshot.Write(back));
        Assert.Equal(1, back.Achievements!.SumOf("week").Times);
        Assert.Equal(9, back.Achievements.Counted.SpendingDays("week").Count());
    }

    private static string[] Days(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(day => $"2026-06-{day:00}")];

    private static decimal Progress(Shopper shopper, string achievement) => AchievementProgress.Of(
        shopper.State, shopper.Programme.FindAchievement(achievement)!, new(2026, 6, 10)).Sum;

    private static int Streak(Shopper shopper) => (int)AchievementProgress.Of(
        shopper.State, shopper.Programme.FindAchievement("week")!, new(2026, 6, 12)).Sum;

    private static (decimal, int, int) Sum(Shopper shopper) =>
        shopper.State.Achievements!.SumOf("week") is var sum ? (sum.Amount, sum.Days, sum.Times) : default;
}
