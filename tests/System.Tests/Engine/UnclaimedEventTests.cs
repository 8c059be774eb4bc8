using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Identities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Events that come before their member does.</summary>
public sealed class UnclaimedEventTests
{
    [Fact]
    public async Task Events_of_an_unknown_phone_reach_the_member_who_registers_it_once()
    {
        await using var host = await EngineHost.StartAsync();
        var early = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => host.BuyAsync($"p{i}", 1, i)));
        var repeated = await host.BuyAsync("p1", 1, 1);

        var member = await host.RegisterAsync(1);
        var after = await host.BuyAsync("p1", 1, 1);

        Assert.All(early, answer => Assert.Equal(EventStatus.Unclaimed, answer.Status));
        Assert.Equal(EventStatus.Duplicate, repeated.Status);
        Assert.Equal(EventStatus.Duplicate, after.Status);
        Assert.Equal(15, await host.BalanceAsync(member));
        Assert.Equal(5, (await host.ReadAsync(member)).Events);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task An_event_that_registers_its_member_brings_those_that_waited()
    {
        await using var host = await EngineHost.StartAsync();
        await host.BuyAsync("p", 1, 5);

        var registered = await host.SendAsync(
            Till.Event("r", "member.registered", Till.Phone(1), host.Now, "{}"));

        Assert.Equal(EventStatus.Accepted, registered.Status);
        Assert.Equal(5, await host.BalanceAsync(registered.Member!.Value));
    }

    [Fact]
    public async Task Events_that_arrive_while_their_member_registers_are_neither_lost_nor_refused()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var before = Enumerable.Range(1, 50).Select(i => host.BuyAsync($"a{i}", 1, 1)).ToArray();
        var registering = host.RegisterAsync(1);
        var during = Enumerable.Range(1, 50).Select(i => host.BuyAsync($"b{i}", 1, 1)).ToArray();

        var answers = await Task.WhenAll([.. before, .. during]);
        var member = await registering;

        Assert.All(answers, answer => Assert.True(answer.Refusal is null, answer.Refusal?.Code));
        await host.UntilAsync(member, state => state.Events == 100);
        Assert.Equal(100, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_registration_cut_off_after_its_claim_keeps_events_until_it_is_repeated()
    {
        await using var host = await EngineHost.StartAsync();
        await host.BuyAsync("before", 1, 5);
        Assert.True(IdentityText.TryParse(Till.Phone(1), out var phone, out _));
        var claimant = MemberIds.Draw();
        var router = host.Engine.Services.GetRequiredService<EventRouter>();
        await new ClaimSaga(router, EventKey.None, "test", null).TakeAsync(claimant, phone);

        var between = await host.BuyAsync("between", 1, 7);
        var member = await host.RegisterAsync(1);

        Assert.Equal(EventStatus.Unclaimed, between.Status);
        Assert.Equal(claimant, member);
        Assert.Equal(12, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task A_failing_store_neither_loses_nor_doubles_an_unclaimed_event()
    {
        await using var host = await EngineHost.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            host.Store.FailBefore(round % 3);
            var kept = await Task.WhenAll(
                Enumerable.Range(1, 10).Select(i => host.BuyAsync($"{round}-{i}", 1, 1)));
            Assert.All(kept, answer => Assert.Equal(EventStatus.Unclaimed, answer.Status));
        }

        host.Store.FailBefore(2);
        var member = await host.RegisterAsync(1);

        Assert.Equal(100, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task One_unclaimed_event_can_be_given_to_a_member_who_shows_the_receipt()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 2, 5);

        var claims = await Task.WhenAll(Enumerable.Range(1, 20).Select(
            i => host.Engine.Desk.ClaimEventAsync("till", "p", member, host.Call(), default)));

        Assert.Contains(claims, claim => claim.Refusal is null);
        Assert.Equal(5, await host.BalanceAsync(member));
    }
}
