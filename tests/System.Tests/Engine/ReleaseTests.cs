using MallVip.Grains.Desk;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>An identity given up: by whom, for whom, and with a crash after every step.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task A_released_phone_is_anybodys_at_once_and_its_events_are_the_next_ones()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, next) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("a", 1, 300);

        var released = await ReleaseAsync(host, old, 1);
        var between = await host.BuyAsync("b", 1, 20);
        var linked = await LinkAsync(host, next, 1);
        var after = await host.BuyAsync("c", 1, 7);

        Assert.True(released.Refusal is null, released.Refusal?.Detail);
        Assert.Equal(EventStatus.Unclaimed, between.Status);
        Assert.True(linked.Refusal is null, linked.Refusal?.Detail);
        Assert.Equal(next, after.Member);
        Assert.Equal((300, 27), (await host.BalanceAsync(old), await host.BalanceAsync(next)));
        Assert.Empty((await host.ReadAsync(old)).Identities);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Events_that_come_meanwhile_are_the_members_before_or_wait_and_none_is_lost()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, next) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        var sent = Enumerable.Range(0, 200).Select(async i =>
        {
            await Task.Yield();
            return await host.BuyAsync($"e{i}", 1, 10);
        }).ToArray();

        var released = ReleaseAsync(host, old, 1);
        var answers = await Task.WhenAll(sent);
        Assert.True((await released).Refusal is null);
        await LinkAsync(host, next, 1);

        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        Assert.Equal(2_000, await host.BalanceAsync(old) + await host.BalanceAsync(next));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_repeat_of_the_release_leaves_the_one_who_claimed_it_since_alone()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, next) = (await host.RegisterAsync(1), await host.RegisterAsync(2));

        await ReleaseAsync(host, old, 1, "one");
        await LinkAsync(host, next, 1);
        var again = await ReleaseAsync(host, old, 1, "one");
        var other = await ReleaseAsync(host, old, 1, "two");

        Assert.True(again.Refusal is null, again.Refusal?.Detail);
        Assert.Equal("identity_not_held", other.Refusal?.Code);
        Assert.Equal(next, (await host.BuyAsync("a", 1, 5)).Member);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_gives_it_up_and_takes_it_back_has_it_even_if_the_release_is_repeated()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        await ReleaseAsync(host, member, 1, "one");
        await LinkAsync(host, member, 1, "link");
        await ReleaseAsync(host, member, 1, "one");
        var linked = await LinkAsync(host, member, 1, "link");

        Assert.True(linked.Refusal is null, linked.Refusal?.Detail);
        Assert.Equal(member, (await host.BuyAsync("a", 1, 5)).Member);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_repeated_registration_or_link_does_not_bring_back_what_was_released()
    {
        await using var host = await EngineHost.StartAsync();
        var sent = Till.Event(
            "r1", "member.registered", Till.Phone(1), host.Now, $$"""{"identities":["{{Till.Phone(2)}}"]}""");
        var member = (await host.SendAsync(sent)).Member!.Value;
        await LinkAsync(host, member, 3, "link");
        foreach (var phone in (int[])[3, 2, 1])
            Assert.True((await ReleaseAsync(host, member, phone)).Refusal is null);

        await host.SendAsync(sent);
        await LinkAsync(host, member, 3, "link");
        host.Time.Advance(IdentityScribe.PledgeLasts);
        var next = await host.RegisterAsync(4);
        foreach (var phone in (int[])[1, 2, 3])
        {
            var linked = await LinkAsync(host, next, phone);
            Assert.True(linked.Refusal is null, $"{phone}: {linked.Refusal?.Detail}");
        }

        Assert.Empty((await host.ReadAsync(member)).Identities);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_new_event_that_names_it_gives_a_released_identity_back()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var named = $$"""{"identities":["{{Till.Phone(2)}}"]}""";
        await host.SendAsync(Till.Event("u1", "member.updated", Till.Phone(1), host.Now, named));
        await ReleaseAsync(host, member, 2);

        await host.SendAsync(Till.Event("u2", "member.updated", Till.Phone(1), host.Now, named));

        Assert.Equal(2, (await host.ReadAsync(member)).Identities.Length);
        Assert.Equal(member, (await host.BuyAsync("a", 2, 5)).Member);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task The_last_identity_takes_an_operator_and_a_strange_one_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.RegisterAsync(2);

        var last = await ReleaseAsync(host, member, 1, evenLast: false);
        var strange = await ReleaseAsync(host, member, 2);
        var nobodys = await ReleaseAsync(host, member, 3);

        Assert.Equal("last_identity", last.Refusal?.Code);
        Assert.Equal(
            ("identity_not_held", "identity_not_held"), (strange.Refusal?.Code, nobodys.Refusal?.Code));
        Assert.Equal(member, (await host.BuyAsync("a", 1, 5)).Member);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Released_and_linked_by_two_at_once_it_is_in_the_end_one_members()
    {
        await using var host = await EngineHost.StartAsync();
        MemberId[] members = [await host.RegisterAsync(1), await host.RegisterAsync(2)];
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(
                ReleaseAsync(host, members[0], 1), LinkAsync(host, members[0], 1),
                ReleaseAsync(host, members[1], 1), LinkAsync(host, members[1], 1));
            var states = await Task.WhenAll(members.Select(host.ReadAsync));
            var holder = (await host.Engine.Desk.FindAsync(Till.Phone(1), default)).Member;

            Assert.InRange(states.Sum(state => state.Identities.Length), 1, 2);
            Assert.Equal(states.Sum(state => state.Identities.Length) == 2, holder is not null);
            await host.AssertCleanAsync();
        }
    }

    [Fact]
    public async Task A_claim_for_good_does_not_end_a_release_that_has_begun()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var identity = Assert.Single((await host.ReadAsync(member)).Identities);
        var grain = host.Engine.Services.GetRequiredService<EventRouter>().GrainOf(identity);
        await grain.BeginRelease(member, EventKey.ForCommand("test", "one"), "test");

        var claim = await grain.Claim(new(member, identity, "test", null, []));
        var other = await grain.BeginRelease(member, EventKey.ForCommand("test", "two"), "test");
        var meanwhile = await grain.Resolve();
        await grain.Settle(member, EventKey.ForCommand("test", "one"));

        Assert.True(claim.Pledge?.Ends);
        Assert.Equal(claim.Pledge, other.Pledge);
        Assert.Null(meanwhile);
        Assert.Equal(member, await grain.Resolve());
    }

    /// <summary>Step and crash: begun, given up, freed; before the step's entry is durable, and after.
    /// </summary>
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(2, true, false)]
    public async Task A_crash_at_any_step_ends_with_the_phone_held_or_free(
        int step, bool isWritten, bool isHeld)
    {
        MemberId old = default, next = default;
        var (journal, time) = await Death.OfAsync(
            step, isWritten,
            async host => (old, next) = (await host.RegisterAsync(1), await host.RegisterAsync(2)),
            host => ReleaseAsync(host, old, 1, "one"));

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        var between = await after.BuyAsync("a", 1, 5);
        time.Advance(IdentityScribe.PledgeLasts);
        await after.UntilAsync(old, state => state.Identities.Length == (isHeld ? 1 : 0));
        if (isHeld)
        {
            await after.UntilAsync(old, state => state.Purchases == 1);
            Assert.Equal(old, (await after.BuyAsync("b", 1, 5)).Member);
        }
        else
        {
            Assert.Equal(EventStatus.Unclaimed, between.Status);
            var linked = await LinkAsync(after, next, 1, "two");
            Assert.True(linked.Refusal is null, linked.Refusal?.Detail);
            Assert.Equal(5, await after.BalanceAsync(next));
        }

        var repeat = await ReleaseAsync(after, old, 1, "one");
        Assert.True(repeat.Refusal is null, repeat.Refusal?.Detail);
        Assert.Empty((await after.ReadAsync(old)).Identities);
        await after.AssertCleanAsync();
    }

    private static Task<DeskAnswer> ReleaseAsync(
        EngineHost host, MemberId member, int phone, string? key = null, bool evenLast = true) =>
        host.Engine.Services.GetRequiredService<IdentityDesk>().ReleaseAsync(
            member, Till.Phone(phone), "lost", evenLast, host.Call(key), default)
            .WaitAsync(EngineHost.Patience);

    private static Task<DeskAnswer> LinkAsync(
        EngineHost host, MemberId member, int phone, string? key = null) =>
        host.Engine.Services.GetRequiredService<IdentityDesk>().LinkAsync(
            member, Till.Phone(phone), null, host.Call(key), default).WaitAsync(EngineHost.Patience);
}
