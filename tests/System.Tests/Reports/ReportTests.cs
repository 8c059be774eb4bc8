using System.Collections.Immutable;
using MallVip.Grains.Desk;
using MallVip.Grains.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Reports;

/// <summary>What the reports say of one small day, and that they add up.</summary>
public sealed class ReportTests
{
    private static readonly DateOnly Day = new(2026, 11, 8);

    [Fact]
    public async Task Points_stand_under_their_mall_store_and_rule()
    {
        await using var story = await Story.PlayAsync();

        Assert.Equal(
            [
                "2026-11-08 - - - points 0 0 30 0 7 0 -23",
                "2026-11-08 bay beauty-hall test/base points 200 50 0 0 0 0 150",
                "2026-11-08 bay beauty-hall test/brand points 20 5 0 0 0 0 15",
                "2026-11-08 bay noodles - points 0 0 40 0 10 0 -30",
                "2026-11-08 bay noodles test/base points 160 25 0 0 0 0 135",
            ],
            await story.LinesAsync(new() { Name = "points" }));
        Assert.Empty(await story.LinesAsync(new() { Name = "points", From = Day.AddDays(1) }));
        Assert.Empty(await story.LinesAsync(new() { Name = "points", To = Day.AddDays(-1) }));
    }

    [Fact]
    public async Task Points_and_outstanding_points_are_what_all_members_hold()
    {
        await using var story = await Story.PlayAsync();

        Assert.Equal(247, await story.HeldAsync("points"));
        Assert.Equal(247, await story.SumAsync(new() { Name = "points" }, "net", "points"));
        Assert.Equal(247, await story.SumAsync(new() { Name = "outstanding" }, "points", "points"));
        await story.Host.AssertCleanAsync();
    }

    [Fact]
    public async Task Outstanding_points_stand_under_the_month_of_their_last_day_with_their_cost()
    {
        await using var story = await Story.PlayAsync();
        var order = new ReportOrder
        {
            Name = "outstanding",
            Costs = ImmutableSortedDictionary<string, decimal>.Empty.Add("points", 0.01m),
        };

        Assert.Equal(["points active 2026-12 247 2 2.47"], await story.LinesAsync(order));
        Assert.Equal(
            ["points active 2026-12 247 2 -"],
            await story.LinesAsync(order with { Costs = order.Costs.Clear() }));
    }

    [Fact]
    public async Task What_has_lapsed_is_expired_and_was_outstanding_the_days_before()
    {
        await using var story = await Story.PlayAsync();
        story.Host.Time.Advance(TimeSpan.FromDays(31));
        foreach (var member in story.Members)
            await story.Host.Member(member).Poke();

        Assert.Equal(
            [
                "2026-12-09 - - - 37",
                "2026-12-09 bay beauty-hall test/base 60",
                "2026-12-09 bay beauty-hall test/brand 15",
                "2026-12-09 bay noodles test/base 135",
            ],
            await story.LinesAsync(
                new() { Name = "points", From = Day.AddDays(1) }, "day", "mall", "store", "rule", "expired"));
        Assert.Equal(0, await story.SumAsync(new() { Name = "points" }, "net", "points"));
        Assert.Empty(await story.LinesAsync(new() { Name = "outstanding" }));
        Assert.Equal(
            ["points active 2026-12 247 2 -"],
            await story.LinesAsync(new() { Name = "outstanding", To = Day }));
    }

    [Fact]
    public async Task What_lapses_after_a_merge_still_stands_under_its_rule()
    {
        await using var story = await Story.PlayAsync();
        var merged = await story.Host.Engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
            story.Members[1], story.Members[0], "one person", story.Host.Call(), default);
        Assert.Null(merged.Refusal);
        story.Host.Time.Advance(TimeSpan.FromDays(31));
        await story.Host.Member(story.Members[0]).Poke();

        Assert.Equal(
            ["- - 37", "beauty-hall test/base 60", "beauty-hall test/brand 15", "noodles test/base 135"],
            await story.LinesAsync(
                new() { Name = "points", From = Day.AddDays(1) }, "store", "rule", "expired"));
    }

    [Fact]
    public async Task A_point_costs_what_the_programme_says_unless_the_report_is_asked_otherwise()
    {
        await using var story = await Story.PlayAsync(cost: "0.02");
        var order = new ReportOrder { Name = "outstanding" };

        Assert.Equal(["points active 2026-12 247 2 4.94"], await story.LinesAsync(order));
        Assert.Equal(
            ["points active 2026-12 247 2 24.7"],
            await story.LinesAsync(order with
            {
                Costs = ImmutableSortedDictionary<string, decimal>.Empty.Add("points", 0.1m),
            }));
        Assert.Equal(
            ["bay beauty-hall 3 0.12 0.18", "bay noodles 2.7 0 0"],
            await story.LinesAsync(
                new() { Name = "funding" }, "mall", "store", "costMall", "costStore", "costBrand"));
    }

    [Fact]
    public async Task Who_pays_is_split_as_the_lines_say_and_adds_up()
    {
        await using var story = await Story.PlayAsync();

        Assert.Equal(
            [
                "2026-11 bay beauty-hall points 220 55 150 6 9",
                "2026-11 bay noodles points 160 25 135 0 0",
            ],
            await story.LinesAsync(
                new() { Name = "funding" },
                "month", "mall", "store", "wallet", "issued", "returned", "byMall", "byStore", "byBrand"));
    }

    [Fact]
    public async Task Members_by_tier_and_who_moved()
    {
        await using var story = await Story.PlayAsync();

        Assert.Equal(
            ["members - - base - 2", "moved 2026-11 - base enrol 2"],
            await story.LinesAsync(new() { Name = "tiers" }));
    }

    [Fact]
    public async Task What_nobody_claimed_and_what_waits_is_listed_until_it_is_settled()
    {
        await using var story = await Story.PlayAsync();
        string[] columns = ["what", "type", "store", "receipt", "refund", "paid", "id"];

        Assert.Equal(
            [
                "unclaimed mall.purchase noodles U1 - 77 U1",
                "waits-for-purchase mall.refund noodles X1 Bb3 5 b3",
            ],
            await story.LinesAsync(new() { Name = "waiting" }, columns));

        await story.Host.RegisterAsync(9);
        await story.Host.SendAsync(Engine.Till.Purchase(
            "p9", Engine.Till.Phone(2), 9, story.Host.Now, "noodles", "X1"));
        Assert.Empty(await story.LinesAsync(new() { Name = "waiting" }, columns));
    }

    [Fact]
    public async Task A_refund_that_was_given_up_stays_in_the_report()
    {
        await using var story = await Story.PlayAsync();
        story.Host.Time.Advance(TimeSpan.FromDays(31));
        foreach (var member in story.Members)
            await story.Host.Member(member).Poke();

        Assert.Equal(
            ["given-up X1 Bb3", "unclaimed U1 -"],
            await story.LinesAsync(new() { Name = "waiting" }, "what", "receipt", "refund"));
    }

    [Fact]
    public async Task A_day_close_tells_what_is_missing_extra_different_or_not_counted()
    {
        await using var story = await Story.PlayAsync();
        var order = new ReportOrder
        {
            Name = ReportCatalog.DayClose,
            Store = "noodles",
            From = Day,
            To = Day,
            Till =
            [
                new("N1", null, 100), new("N1", "Bb1", 25), new("N2", null, 51), new("U1", null, 77),
                new("M1", null, 5), new("X1", "Bb3", 5),
            ],
        };

        Assert.Equal(
            [
                "purchases - - 4 3 233 160", "refunds - - 2 1 30 25",
                "missing M1 - 1 0 5 -", "differs N2 - 1 1 51 50", "extra N3 - 0 1 - 10",
                "unclaimed U1 - 1 0 77 77", "waits X1 Bb3 1 0 5 5",
            ],
            await story.LinesAsync(order));
    }
}
