using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>A crash before and after every step by which a piece goes to a member.</summary>
public sealed class StockCrashTests
{
    private const string Flash = "stock: 1, claim: { waiting: 1 }";

    /// <summary>Step and crash: reserved, given, taken; before the step's entry is durable, and after.
    /// Where the reservation is lost nothing has happened; from then on the stock's timer ends it.</summary>
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0, true, 1)]
    [InlineData(1, false, 1)]
    [InlineData(1, true, 1)]
    [InlineData(2, false, 1)]
    [InlineData(2, true, 1)]
    public async Task A_claim_ends_with_the_piece_in_one_place(int step, bool isWritten, long taken)
    {
        MemberId member = default;
        var (journal, time) = await Death.OfAsync(
            Start, step, isWritten, async host => member = await host.RegisterAsync(1),
            host => host.ClaimAsync(member, "one"));

        await using var next = await StockBed.StartAsync(journal, time, Flash, background: true);
        time.Advance(StockGrain.DriveAfter + TimeSpan.FromSeconds(31));
        await SettledAsync(next);

        Assert.Equal(taken, (await next.StockAsync()).Taken);
        Assert.Equal(taken, (await next.CouponsAsync(member)).Length);
        Assert.Equal(StockStatus.Taken, (await next.ClaimAsync(member, "one")).Answer.Status);
        Assert.Equal((1, 1), ((await next.StockAsync()).Taken, (await next.CouponsAsync(member)).Length));
        await next.AssertCleanAsync();
    }

    /// <summary>Step and crash: reserved, freed. There is no such member.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 2, MemberType = typeof(Death))]
    public async Task A_claim_that_the_member_refuses_ends_with_a_free_piece(int step, bool isWritten)
    {
        var stranger = new MemberId(7);
        var (journal, time) = await Death.OfAsync(
            Start, step, isWritten, host => host.RegisterAsync(1), host => host.ClaimAsync(stranger, "one"));

        await using var next = await StockBed.StartAsync(journal, time, Flash, background: true);
        time.Advance(StockGrain.DriveAfter + TimeSpan.FromSeconds(31));
        await SettledAsync(next);

        Assert.Equal((0, 1), ((await next.StockAsync()).Taken, (await next.StockAsync()).Left));
        Assert.Equal("unknown_member", (await next.ClaimAsync(stranger, "one")).Refusal?.Code);
        await next.AssertCleanAsync();
    }

    /// <summary>A rule has granted a coupon, its piece is reserved, the silo dies, and the member becomes a
    /// part of another before the stock has carried on. Where the reservation is lost the other one asks.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_piece_on_its_way_to_a_member_reaches_the_one_who_goes_on(bool isReserved)
    {
        MemberId member = default, other = default;
        var (journal, time) = await Death.OfAsync(
            StartGranting, 0, isReserved,
            async host =>
            {
                (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
                await host.BuyAsync("p", 1, 10);
            },
            async host => await new StockSaga(host.Engine.Grains).DriveAsync(
                await host.ReadAsync(member), host.Now, request => host.Member(member).Handle(request)));

        await using var next = await EngineHost.StartAsync(
            journal, time, background: true, StockBed.Granting("stock: 5"));
        Assert.Null((await next.MergeAsync(member, other, "merge")).Refusal);
        time.Advance(StockGrain.DriveAfter + TimeSpan.FromSeconds(31));
        await next.UntilAsync(other, state => state.Coupons is { Asks.IsEmpty: true });
        await SettledAsync(next);

        Assert.Equal((1, 4), ((await next.StockAsync()).Taken, (await next.StockAsync()).Left));
        Assert.Single(await next.CouponsAsync(other));
        await next.AssertCleanAsync();
    }

    private static Task<EngineHost> StartGranting(IJournal journal, ManualTime time) =>
        EngineHost.StartAsync(journal, time, programme: StockBed.Granting("stock: 5"));

    private static Task<EngineHost> Start(IJournal journal, ManualTime time) =>
        StockBed.StartAsync(journal, time, Flash);

    private static Task SettledAsync(EngineHost host) =>
        Waiting.ForAsync(async () => (await host.StockAsync()).Reserved == 0);
}
