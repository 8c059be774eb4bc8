using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>A crash before and after every step by which a reward is ordered and given up; the steps are
/// those
/// of docs/rewards.md.</summary>
public sealed class RewardCrashTests
{
    private const string One = "stock: { bay: 1 }, waiting: 1";

    /// <summary>Step and crash: reserved, ordered, taken. Where the reservation is lost nothing has happened;
    /// from then on the stock's timer ends it.</summary>
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0, true, 1)]
    [InlineData(1, false, 1)]
    [InlineData(1, true, 1)]
    [InlineData(2, false, 1)]
    [InlineData(2, true, 1)]
    public async Task An_order_ends_with_the_piece_and_the_points_in_one_place(
        int step, bool isWritten, long taken)
    {
        MemberId member = default;
        var (journal, time) = await Death.OfAsync(
            Start, step, isWritten, async host => member = await host.MemberAsync(1),
            host => host.OrderAsync(member, "one"));

        await using var next = await RewardBed.StartAsync(journal, time, One, background: true);
        time.Advance(StockGrain.DriveAfter + TimeSpan.FromSeconds(31));
        await SettledAsync(next);

        Assert.Equal(taken, (await next.RewardsAsync()).Taken);
        Assert.Equal(500 - (300 * taken), (await next.ReadAsync(member)).Available("points").Value);
        Assert.Equal(StockStatus.Taken, (await next.OrderAsync(member, "one")).Answer.Status);
        Assert.Equal((1, 1), ((await next.RewardsAsync()).Taken, (await next.OrdersAsync(member)).Length));
        Assert.Equal(200, (await next.ReadAsync(member)).Available("points").Value);
        await next.AssertCleanAsync();
    }

    /// <summary>Step and crash: reserved, freed. The member has too few points.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 2, MemberType = typeof(Death))]
    public async Task An_order_that_the_member_cannot_pay_ends_with_a_free_piece(int step, bool isWritten)
    {
        MemberId member = default;
        var (journal, time) = await Death.OfAsync(
            Start, step, isWritten, async host => member = await host.MemberAsync(1, points: 299),
            host => host.OrderAsync(member, "one"));

        await using var next = await RewardBed.StartAsync(journal, time, One, background: true);
        time.Advance(StockGrain.DriveAfter + TimeSpan.FromSeconds(31));
        await SettledAsync(next);

        Assert.Equal((0, 1), ((await next.RewardsAsync()).Taken, (await next.RewardsAsync()).Left));
        Assert.Equal("insufficient_points", (await next.OrderAsync(member, "one")).Refusal?.Code);
        Assert.Equal(299, (await next.ReadAsync(member)).Available("points").Value);
        await next.AssertCleanAsync();
    }

    /// <summary>Step and crash: called off, back at the stock (and on its way to who waits), then what
    /// remains
    /// of both. Wherever it breaks off, the points are free once and the piece is the other's.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 4, MemberType = typeof(Death))]
    public async Task An_order_called_off_frees_its_points_and_goes_to_who_waits(int step, bool isWritten)
    {
        MemberId first = default, second = default;
        var cancel = new MemberCommand.CancelOrder("", null);
        var (journal, time) = await Death.OfAsync(
            StartBusy, step, isWritten, async host =>
            {
                (first, second) = (await host.MemberAsync(1), await host.MemberAsync(2));
                await host.OrderAsync(first, "one");
                Assert.Equal(StockStatus.Waiting, (await host.OrderAsync(second, "two")).Answer.Status);
                cancel = cancel with { Order = (await host.OrdersAsync(first)).Single().Id };
            },
            host => host.CommandAsync(first, cancel, "cancel"));

        await using var next = await RewardBed.StartAsync(journal, time, One, background: true);
        Assert.Null((await next.CommandAsync(first, cancel, "cancel")).Refusal);
        time.Advance(StockGrain.DriveAfter + TimeSpan.FromSeconds(31));
        await next.UntilAsync(second, state => !state.Orders.IsEmpty);
        await next.UntilAsync(first, state => state.Returning.IsEmpty);
        await SettledAsync(next);

        Assert.Equal((1, 0), ((await next.RewardsAsync()).Taken, (await next.RewardsAsync()).Left));
        Assert.Equal(500, (await next.ReadAsync(first)).Available("points").Value);
        Assert.Equal(200, (await next.ReadAsync(second)).Available("points").Value);
        Assert.Equal(OrderStatus.Cancelled, (await next.OrdersAsync(first)).Single().Status);
        await next.AssertCleanAsync();
    }

    /// <summary>Step and crash: paid, picked up, brought back, and the piece back at the stock.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 5, MemberType = typeof(Death))]
    public async Task The_steps_of_an_order_are_done_once_each(int step, bool isWritten)
    {
        const string Terms = One + ", cash: 10";
        MemberId member = default;
        var order = "";
        var (journal, time) = await Death.OfAsync(
            (inner, clock) => RewardBed.StartAsync(inner, clock, Terms, background: true), step, isWritten,
            async host =>
            {
                member = await host.MemberAsync(1);
                await host.OrderAsync(member, "one");
                order = (await host.OrdersAsync(member)).Single().Id;
            },
            host => StepsAsync(host, member, order));

        await using var next = await RewardBed.StartAsync(journal, time, Terms, background: true);
        await StepsAsync(next, member, order);
        await next.UntilAsync(member, state => state.Returning.IsEmpty);

        Assert.Equal((0, 1), ((await next.RewardsAsync()).Taken, (await next.RewardsAsync()).Left));
        var wallet = (await next.ReadAsync(member)).FindWallet("points")!;
        Assert.Equal((500, 300, 800), (wallet.Balance.Value, wallet.Spent.Value, wallet.Adjusted.Value));
        await next.AssertCleanAsync();
    }

    private static async Task StepsAsync(EngineHost host, MemberId member, string order)
    {
        await host.DoAsync(member, new MemberCommand.PayOrder(order, "p1", new(10)), "pay");
        await host.DoAsync(member, new MemberCommand.PickUpOrder(order, "hall"), "out");
        await host.DoAsync(member, new MemberCommand.ReturnOrder(order, "hall", true, "wrong"), "back");
    }

    private static Task<EngineHost> Start(IJournal journal, ManualTime time) =>
        RewardBed.StartAsync(journal, time, One);

    private static Task<EngineHost> StartBusy(IJournal journal, ManualTime time) =>
        RewardBed.StartAsync(journal, time, One, background: true);

    private static Task SettledAsync(EngineHost host) =>
        Waiting.ForAsync(async () => (await host.RewardsAsync()).Reserved == 0);
}
