using System.Text;
using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Rewards of which there are few, ordered by many.</summary>
public sealed class RewardTests
{
    [Fact]
    public async Task Of_200_orders_at_once_on_30_pieces_30_hold_their_points_and_the_others_lose_none()
    {
        const int Members = 200, Pieces = 30;
        await using var host = await RewardBed.StartAsync("stock: { bay: 30 }");
        var members = await Task.WhenAll(
            Enumerable.Range(1, Members).Select(phone => host.MemberAsync(phone)));

        var answers = await Task.WhenAll(members.Select(member => host.OrderAsync(member, $"{member}")));

        Assert.Equal(Pieces, answers.Count(answer => answer.Refusal is null));
        Assert.Equal(Members - Pieces, answers.Count(answer => answer.Refusal?.Code == "sold_out"));
        var free = 0L;
        foreach (var member in members)
            free += (await host.ReadAsync(member)).Available("points").Value;
        Assert.Equal((500 * Members) - (300 * Pieces), free);
        Assert.Equal((30, 0, 0), Of(await host.RewardsAsync()));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_gift_cancelled_after_pick_up_expired()
    {
        await using var host = await RewardBed.StartAsync(
            "stock: { bay: 1 }, pick-up-within: 1d", background: true);
        var member = await host.MemberAsync(1);
        await host.OrderAsync(member, "one");
        var order = (await host.OrdersAsync(member)).Single();

        host.Time.Advance(order.Until - host.Now);
        var late = await host.CommandAsync(member, new MemberCommand.CancelOrder(order.Id, null));
        await host.UntilAsync(member, state => state.FindOrder(order.Id)!.Status == OrderStatus.Expired);
        var later = await host.CommandAsync(member, new MemberCommand.CancelOrder(order.Id, null));
        await host.UntilAsync(member, state => state.Returning.IsEmpty);

        Assert.Equal(("order_expired", "order_expired"), (late.Refusal?.Code, later.Refusal?.Code));
        Assert.Equal(500, (await host.ReadAsync(member)).Available("points").Value);
        Assert.Equal((0, 0, 1), Of(await host.RewardsAsync()));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_asks_again_while_the_taking_is_on_its_way_gets_the_first_answer()
    {
        var journal = new SteppedJournal(new MemoryJournal());
        await using var host = await RewardBed.StartAsync(journal, new(), "stock: { bay: 2 }");
        var member = await host.MemberAsync(1);
        journal.IsStepped = true;
        var orders = new List<Task<ClaimResult>> { host.OrderAsync(member, "one") };

        // Reserved, ordered, taken: asked again while each entry is held up.
        for (var step = 0; step < 3; step++)
        {
            await journal.BegunAsync();
            orders.Add(host.OrderAsync(member, "one"));
            journal.Go();
        }

        Assert.All(
            await Task.WhenAll(orders), answer => Assert.Equal(StockStatus.Taken, answer.Answer.Status));
        journal.IsStepped = false;
        Assert.Equal((1, 0, 1), Of(await host.RewardsAsync()));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_key_that_waits_or_is_done_is_nobody_elses()
    {
        await using var host = await RewardBed.StartAsync("stock: { bay: 1 }, waiting: 1");
        var (one, other) = (await host.MemberAsync(1), await host.MemberAsync(2));
        Task<ClaimResult> As(MemberId member, string key) => host.Desk().OrderAsync(
            member, "tea", "bay", host.Call(key) with { Content = Encoding.UTF8.GetBytes($"{member}") });

        Assert.Null((await As(one, "a")).Refusal);
        Assert.Equal(StockStatus.Waiting, (await As(other, "b")).Answer.Status);

        Assert.Equal("idempotency_key_reused", (await As(other, "a")).Refusal?.Code);
        Assert.Equal("idempotency_key_reused", (await As(one, "b")).Refusal?.Code);
        Assert.Equal(StockStatus.Taken, (await As(one, "a")).Answer.Status);
    }

    [Fact]
    public async Task A_stock_that_has_grown_serves_who_waits_before_who_asks_next()
    {
        var (journal, time) = (new MemoryJournal(), new Grains.Tests.Runtime.ManualTime());
        MemberId one, two, three;
        await using (var host = await RewardBed.StartAsync(journal, time, "stock: { bay: 1 }, waiting: 1"))
        {
            (one, two) = (await host.MemberAsync(1), await host.MemberAsync(2));
            three = await host.MemberAsync(3);
            await host.OrderAsync(one, "one");
            Assert.Equal(StockStatus.Waiting, (await host.OrderAsync(two, "two")).Answer.Status);
        }

        // No timers: what the next order brings about is followed at once.
        await using var grown = await RewardBed.StartAsync(journal, time, "stock: { bay: 2 }, waiting: 1");
        var next = await grown.OrderAsync(three, "three");
        await Waiting.ForAsync(async () => (await grown.OrdersAsync(two)).Length == 1);
        await Waiting.ForAsync(async () => (await grown.RewardsAsync()).Reserved == 0);

        Assert.Equal((StockStatus.Waiting, 1L), (next.Answer.Status, next.Answer.Place));
        Assert.Equal((2, 0, 0), Of(await grown.RewardsAsync()));
        await grown.AssertCleanAsync();
    }

    [Fact]
    public async Task Two_desks_hand_one_gift_over_once()
    {
        await using var host = await RewardBed.StartAsync("stock: { bay: 1 }");
        var member = await host.MemberAsync(1);
        await host.OrderAsync(member, "one");
        var order = (await host.OrdersAsync(member)).Single().Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(desk => host.CommandAsync(
            member, new MemberCommand.PickUpOrder(order, $"desk-{desk}"), $"d{desk}")));

        Assert.Single(answers, answer => answer.Refusal is null);
        Assert.Equal(19, answers.Count(answer => answer.Refusal?.Code == "order_over"));
        Assert.Equal(200, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Two_who_become_one_pick_up_what_either_has_ordered_and_give_back_what_they_call_off()
    {
        await using var host = await RewardBed.StartAsync("stock: { bay: 2 }", background: true);
        var (one, other) = (await host.MemberAsync(1), await host.MemberAsync(2));
        await host.OrderAsync(one, "one");
        await host.OrderAsync(other, "other");
        var mine = (await host.OrdersAsync(one)).Single().Id;
        var its = (await host.OrdersAsync(other)).Single().Id;

        Assert.Null((await host.MergeAsync(other, one)).Refusal);
        await host.DoAsync(one, new MemberCommand.PickUpOrder(its, "hall"), "out");
        await host.DoAsync(one, new MemberCommand.CancelOrder(mine, null), "off");
        await host.UntilAsync(one, state => state.Returning.IsEmpty);

        Assert.Equal(700, (await host.ReadAsync(one)).Available("points").Value);
        Assert.Equal((1, 0, 1), Of(await host.RewardsAsync()));
        await host.AssertCleanAsync();
    }

    private static (long, long, long) Of(StockReading reading) =>
        (reading.Taken, reading.Reserved, reading.Left);
}
