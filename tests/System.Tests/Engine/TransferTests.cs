using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Points from one member to another: all at once, and with a crash after every step.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task Of_20_gifts_of_100_at_once_from_a_balance_of_100_exactly_one_succeeds()
    {
        await using var host = await EngineHost.StartAsync();
        var (giver, friend) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("p", 1, 100);

        var gifts = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(_ => GiveAsync(host, giver, friend, 100)));

        Assert.Single(gifts, gift => gift.Refusal is null);
        Assert.Equal(19, gifts.Count(gift => gift.Refusal?.Code == "insufficient_points"));
        Assert.Equal((0, 100), (await host.BalanceAsync(giver), await host.BalanceAsync(friend)));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Gifts_back_and_forth_at_once_lose_and_make_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        MemberId[] members =
            [await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3)];
        for (var i = 1; i <= 3; i++)
            await host.BuyAsync($"p{i}", i, 1_000);

        await Task.WhenAll(Enumerable.Range(0, 150).Select(
            i => GiveAsync(host, members[i % 3], members[(i + 1 + (i % 2)) % 3], 7)));

        var balances = await Task.WhenAll(members.Select(member => host.BalanceAsync(member)));
        Assert.Equal(3_000, balances.Sum());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task One_gift_sent_ten_times_at_once_is_given_once()
    {
        await using var host = await EngineHost.StartAsync();
        var (giver, friend) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("p", 1, 100);

        var gifts = await Task.WhenAll(
            Enumerable.Range(1, 10).Select(_ => GiveAsync(host, giver, friend, 40, "one")));

        Assert.All(gifts, gift => Assert.Equal(40, gift.Answer!.Outcome!.Sent!.Amount.Value));
        Assert.Equal((60, 40), (await host.BalanceAsync(giver), await host.BalanceAsync(friend)));
    }

    [Fact]
    public async Task What_the_receiver_cannot_take_is_back_with_the_sender_and_stays_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var (giver, friend) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("p", 1, 100);
        await host.CommandAsync(friend, new MemberCommand.Adjust("points", new(Points.Limit), "rich", null));

        var refused = await GiveAsync(host, giver, friend, 40, "one");
        await host.CommandAsync(friend, new MemberCommand.Adjust("points", new(-Points.Limit), "poor", null));
        var again = await GiveAsync(host, giver, friend, 40, "one");

        Assert.Equal(("transfer_refused", "transfer_refused"), (refused.Refusal?.Code, again.Refusal?.Code));
        Assert.Equal((100, 0), (await host.BalanceAsync(giver), await host.BalanceAsync(friend)));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Nobody_is_no_receiver_and_nothing_leaves()
    {
        await using var host = await EngineHost.StartAsync();
        var giver = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);

        var refused = await GiveAsync(host, giver, new MemberId(7), 40);

        Assert.Equal("unknown_member", refused.Refusal?.Code);
        Assert.Equal(100, await host.BalanceAsync(giver));
    }

    /// <summary>Step and crash: debit, credit, done; before the step's entry is durable, and after. Where the
    /// debit is lost nothing has happened; from then on the sender's timer ends it.</summary>
    [Theory]
    [InlineData(0, false, 100, 0)]
    [InlineData(0, true, 60, 40)]
    [InlineData(1, false, 60, 40)]
    [InlineData(1, true, 60, 40)]
    [InlineData(2, false, 60, 40)]
    [InlineData(2, true, 60, 40)]
    public async Task A_crash_at_any_step_ends_with_the_points_in_one_place(
        int step, bool isWritten, long giverHas, long friendHas)
    {
        MemberId giver = default, friend = default;
        var (journal, time) = await Death.OfAsync(
            step, isWritten, async host =>
            {
                (giver, friend) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
                await host.BuyAsync("p", 1, 100);
            },
            host => GiveAsync(host, giver, friend, 40));

        await using var next = await EngineHost.StartAsync(journal, time, background: true);
        time.Advance(TimeSpan.FromSeconds(31));
        await next.UntilAsync(giver, state => state.Transfers.IsEmpty);

        Assert.Equal(
            (giverHas, friendHas), (await next.BalanceAsync(giver), await next.BalanceAsync(friend)));
        await next.AssertCleanAsync();
    }

    private static Task<DeskAnswer> GiveAsync(
        EngineHost host, MemberId from, MemberId to, long points, string? key = null) =>
        host.Engine.Services.GetRequiredService<TransferDesk>().TransferAsync(
            from, to, "points", new(points), "gift", host.Call(key), default).WaitAsync(EngineHost.Patience);
}
