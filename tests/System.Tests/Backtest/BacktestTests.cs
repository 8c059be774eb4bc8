using MallVip.Grains.Backtesting;
using MallVip.Grains.Desk;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Backtest;

/// <summary>The recorded history decided again: by the same rules to the point the same, by others otherwise
/// by just what they change.</summary>
public sealed class BacktestTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_very_rules_that_decided_a_history_differ_from_it_by_exactly_zero(bool recorded)
    {
        await using var history = await Recorded.PlayAsync();

        var result = await history.TryAsync(new BacktestOrder
        {
            Draft = TestProgramme.With(Recorded.Rules),
            AgainstRecorded = recorded,
        });

        Assert.True(result.IsSame, Differing(result));
        Assert.Equal((Recorded.Shoppers, 0), (result.Members, result.OpenAsks));
        // It held returns, points that have lapsed, and a budget that came to its end.
        Assert.NotEqual(0, Row(result, "points", "returned", "points").After);
        Assert.NotEqual(0, Row(result, "points", "expired", "points").After);
        Assert.Equal(2_000, Row(result, "rule", "test/gift", "gifts").After);
    }

    [Fact]
    public async Task A_rule_that_gives_three_times_as_much_differs_by_just_that()
    {
        await using var history = await Recorded.PlayAsync();

        var result = await history.TryAsync(Recorded.With("event.paid * 3", budget: 2_000));

        var kept = history.Bought.Sum(bought => bought.Paid - bought.Back);
        Assert.Equal((kept, 3 * kept), Sides(Row(result, "rule", "test/base", "points")));
        foreach (var store in new[] { "beauty-hall", "noodles" })
        {
            var there = history.Bought.Where(bought => bought.Store == store).Sum(
                bought => bought.Paid - bought.Back);
            Assert.Equal((there, 3 * there), Sides(Row(result, "store", store, "points")));
        }

        Assert.Equal((kept, 3 * kept), Sides(Row(result, "payer", "mall", "points")));
        var most = history.Bought.GroupBy(bought => bought.Shopper)
            .Select(of => (Shopper: of.Key, Kept: of.Sum(bought => bought.Paid - bought.Back)))
            .OrderByDescending(of => of.Kept).First();
        var gain = result.Rows.First(row => row.Key.Section == "gain");
        Assert.Equal(
            ($"{history.Members[most.Shopper]}", (most.Kept, 3 * most.Kept)), (gain.Key.Key, Sides(gain)));
        Assert.DoesNotContain(result.Rows, row => row.Key.Section is "loss" or "infeasible" or "refused");
        // All else is as it was.
        Assert.All(
            result.Rows.Where(row => row.Key.Wallet is "later" or "gifts"),
            row => Assert.Equal(row.Before, row.After));
    }

    [Fact]
    public async Task Before_its_first_instant_all_stays_as_recorded()
    {
        await using var history = await Recorded.PlayAsync(months: 1);
        var from = history.Host.Now;
        Assert.Null((await history.Host.BuyAsync("late", 1, 500)).Refusal);
        // A return of what was bought before takes back what the rules of that time gave.
        Assert.Null((await history.Host.SendAsync(Till.Refund(
            "late-b", Till.Phone(2), 42, history.Host.Now, "noodles", "R0-2"))).Refusal);

        var result = await history.TryAsync(new BacktestOrder
        {
            Draft = TestProgramme.With(Recorded.With("event.paid * 3", budget: 2_000)),
            From = from,
        });

        Assert.Equal(
            (500 - 42, 1_500 - 42), Sides(Row(result, "rule", "test/base", "points")));
        var held = Row(result, "points", "held", "points");
        Assert.Equal(1_000, held.After - held.Before);
    }

    [Fact]
    public async Task Points_that_were_spent_and_would_not_be_there_are_reported()
    {
        await using var history = await Recorded.PlayAsync(months: 1);

        var result = await history.TryAsync(Recorded.With("event.paid / 10", budget: 2_000));

        // Shoppers 0, 7, 14, 21 and 28 spent 15 points each, of 4, 4, 5, 6 and 6; shopper 0 had given 2 back.
        var there = history.Bought.Where(bought => bought.Shopper % 7 == 0)
            .Sum(bought => (bought.Paid - bought.Back) / 10);
        var spent = Row(result, "points", "spent", "points");
        Assert.Equal((75, there), Sides(spent));
        Assert.Equal(75 - there, Row(result, "infeasible", "insufficient_points", "points").After);
    }

    [Fact]
    public async Task A_smaller_budget_goes_to_those_who_came_first()
    {
        await using var history = await Recorded.PlayAsync();

        var result = await history.TryAsync(Recorded.With("event.paid", budget: 100));

        Assert.Equal((2_000, 100), Sides(Row(result, "rule", "test/gift", "gifts")));
        Assert.True(result.OpenAsks > result.ShortAsks && result.ShortAsks > 0);
        // The first three bought for 40, 41 and 42: 20 of shopper 0 came back, and went to who came later.
        var late = await history.TryAsync(Recorded.With("event.paid", budget: 1_000_000));
        Assert.Equal(0, late.ShortAsks);
        Assert.Equal(
            history.Bought.Sum(bought => bought.Paid / 2) - Back(history),
            Row(late, "rule", "test/gift", "gifts").After);
    }

    [Fact]
    public async Task A_sample_is_always_the_same_members_and_leaves_budgets_out()
    {
        await using var history = await Recorded.PlayAsync();
        var order = new BacktestOrder
        {
            Draft = TestProgramme.With(Recorded.With("event.paid * 3", budget: 1)),
            Sample = 0.5,
        };

        var (once, again) = (await history.TryAsync(order), await history.TryAsync(order));

        Assert.InRange(once.Members, 1, Recorded.Shoppers - 1);
        Assert.Equal(
            once.Rows.Select(row => row.ToString()), again.Rows.Select(row => row.ToString()));
        Assert.Equal(0, once.OpenAsks);
        Assert.True(Row(once, "rule", "test/gift", "gifts").After > 1);
    }

    [Fact]
    public async Task Rules_that_never_acted_are_named_and_members_who_would_stand_in_another_tier_counted()
    {
        await using var history = await Recorded.PlayAsync();
        Assert.Null((await history.Host.BuyAsync("big", 3, 90_000)).Refusal);
        const string More = """
              rare:
                on: mall.purchase
                when: event.paid > 1000000
                earn: { wallet: points, amount: "1" }
              crown:
                on: mall.purchase
                when: event.paid > 50000
                tier: { to: gold }
            """;

        var result = await history.TryAsync(Recorded.With("event.paid", budget: 2_000, More));

        var never = Assert.Single(result.Rows, row => row.Key.Section == "never-fired");
        Assert.Equal("test/rare", never.Key.Key);
        Assert.Equal((0, 1), Sides(Row(result, "fired", "test/crown", "")));
        var moved = Assert.Single(
            result.Rows, row => row.Key.Section == "tier-move" && row.Key.Key != row.Key.To);
        Assert.Equal(("base", "gold", 1m), (moved.Key.Key, moved.Key.To, moved.After));
    }

    [Fact]
    public async Task A_store_that_the_draft_lacks_is_named_with_the_events_that_wait_for_it()
    {
        await using var history = await Recorded.PlayAsync(months: 1);

        var result = await history.TryAsync(new BacktestOrder { Draft = Recorded.WithoutBeauty() });

        Assert.Equal(
            (0, EventsAtBeauty(history)), Sides(Row(result, "store-not-declared", "beauty-hall", "")));
    }

    [Fact]
    public async Task A_history_whose_old_programme_lacked_a_store_is_named_with_its_events_and_the_first()
    {
        await using var history = await Recorded.PlayAsync(months: 2, programme: Recorded.WithoutBeauty());

        var row = Row(await history.TryAsync(Recorded.Rules), "store-not-declared", "beauty-hall", "");

        Assert.Equal((EventsAtBeauty(history), 0), Sides(row));
        Assert.Equal(
            ("store_not_declared", (DateTimeOffset?)history.Host.Now.AddDays(-50)), (row.Code, row.First));
    }

    [Fact]
    public async Task A_member_of_two_is_taken_in_as_the_draft_has_made_it()
    {
        await using var history = await Recorded.PlayAsync(months: 1);
        var merged = await history.Host.Engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
            history.Members[1], history.Members[2], "one person", history.Host.Call(), default);
        Assert.Null(merged.Refusal);
        Assert.Null((await history.Host.SendAsync(Till.Refund(
            "later", Till.Phone(1), 41, history.Host.Now, "noodles", "R0-1"))).Refusal);

        var same = await history.TryAsync(Recorded.Rules);
        Assert.True(same.IsSame, Differing(same));
        var result = await history.TryAsync(Recorded.With("event.paid * 3", budget: 2_000));

        var kept = history.Bought.Sum(bought => bought.Paid - bought.Back) - 41;
        Assert.Equal((kept, 3 * kept), Sides(Row(result, "rule", "test/base", "points")));
    }

    [Fact]
    public async Task A_receipt_is_found_through_a_member_of_two_who_has_become_a_part_of_a_third()
    {
        await using var history = await Recorded.PlayAsync(months: 1);
        var desk = history.Host.Engine.Services.GetRequiredService<MergeDesk>();
        foreach (var (from, to) in new[] { (1, 2), (2, 3) })
            Assert.Null((await desk.MergeAsync(
                history.Members[from], history.Members[to], "one person", history.Host.Call($"merge-{from}"),
                default)).Refusal);
        Assert.Null((await history.Host.SendAsync(Till.Refund(
            "later", Till.Phone(1), 41, history.Host.Now, "noodles", "R0-1"))).Refusal);

        var same = await history.TryAsync(Recorded.Rules);
        var result = await history.TryAsync(Recorded.With("event.paid * 3", budget: 2_000));

        Assert.True(same.IsSame, Differing(same));
        var kept = history.Bought.Sum(bought => bought.Paid - bought.Back) - 41;
        Assert.Equal((kept, 3 * kept), Sides(Row(result, "rule", "test/base", "points")));
    }

    [Fact]
    public async Task It_can_be_cancelled_and_kept_to_a_share_of_the_processors()
    {
        await using var history = await Recorded.PlayAsync(months: 1);
        var order = new BacktestOrder { Draft = TestProgramme.With(Recorded.Rules), CpuShare = 0.01 };
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => history.TryAsync(order, cancelled.Token));
        Assert.True((await history.TryAsync(order)).IsSame);
    }

    private static int EventsAtBeauty(Recorded history)
    {
        var there = history.Bought.Where(of => of.Store == "beauty-hall").ToList();
        return there.Count + there.Count(of => of.Back > 0);
    }

    private static BacktestRow Row(BacktestResult result, string section, string key, string wallet) =>
        Assert.Single(result.Rows, row =>
            row.Key.Section == section && row.Key.Key == key && row.Key.Wallet == wallet);

    private static (long, long) Sides(BacktestRow row) => ((long)row.Before, (long)row.After);

    private static string Differing(BacktestResult result) =>
        string.Join('\n', result.Rows.Where(row => row.Before != row.After));

    /// <summary>What returns took back of gifts that were half of what was paid.</summary>
    private static long Back(Recorded history) =>
        history.Bought.Sum(of => (of.Paid / 2) - (of.Paid / 2 * (of.Paid - of.Back) / of.Paid));
}
