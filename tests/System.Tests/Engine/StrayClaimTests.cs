using System.Collections.Immutable;
using MallVip.Grains.Desk;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Who registers with several identities gets all of them or none, whoever else registers.</summary>
public sealed class StrayClaimTests
{
    [Fact]
    public async Task Two_registrations_at_once_that_share_an_identity_leave_no_stray_claim()
    {
        await using var host = await EngineHost.StartAsync();
        for (var round = 0; round < 60; round++)
        {
            var (own, shared, other) = (3 * round, (3 * round) + 1, (3 * round) + 2);
            var answers = await Task.WhenAll(
                RegisterAsync(host, own, shared), RegisterAsync(host, shared, other));

            Assert.InRange(answers.Count(answer => answer.Refusal is null), 0, 1);
            foreach (var phone in (int[])[own, shared, other])
                await AssertNoStrayAsync(host, phone);
        }

        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task An_identity_claimed_by_a_refused_registration_can_be_registered_by_somebody_else()
    {
        await using var host = await EngineHost.StartAsync();
        await host.RegisterAsync(1);
        for (var free = 2; free < 20; free++)
        {
            var refused = await RegisterAsync(host, free, 1);
            var other = await RegisterAsync(host, 100 + free, free);

            Assert.Equal("identity_taken", refused.Refusal?.Code);
            Assert.True(other.Refusal is null, other.Refusal?.Code);
        }
    }

    [Fact]
    public async Task Claims_of_a_registration_that_died_are_undone_by_a_timer_and_their_events_wait_on()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        await host.BuyAsync("before", 1, 5);
        await DieAfterClaimsAsync(host, MemberIds.Draw(), 1, 2);

        var between = await host.BuyAsync("between", 1, 7);
        var early = await RegisterAsync(host, 1, 3);
        host.Time.Advance(IdentityScribe.PledgeLasts);
        await Waiting.ForAsync(async () => !await IsClaimedAsync(host, 1) && !await IsClaimedAsync(host, 2));
        var member = (await RegisterAsync(host, 1, 3)).Member!.Value;

        Assert.Equal(EventStatus.Unclaimed, between.Status);
        Assert.Equal("try_again", early.Refusal?.Code);
        Assert.Equal(12, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_registration_that_died_is_finished_at_once_by_its_repeat()
    {
        await using var host = await EngineHost.StartAsync();
        var claimant = MemberIds.Draw();
        await DieAfterClaimsAsync(host, claimant, 1, 2);

        var answer = await RegisterAsync(host, "died", 1, 2, 3);

        Assert.Equal(claimant, answer.Member);
        Assert.Equal(3, (await host.ReadAsync(claimant)).Identities.Length);
        foreach (var phone in (int[])[1, 2, 3])
            await AssertNoStrayAsync(host, phone);
    }

    [Fact]
    public async Task A_registration_that_died_after_its_enrolment_keeps_what_the_member_has()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await DieAfterClaimsAsync(host, member, 2);
        await host.Member(member).Handle(new()
        {
            Command = new Rules.Commands.MemberCommand.LinkIdentity(RefOf(host, 2)),
            Key = EventKey.None,
            Actor = "test",
        });

        host.Time.Advance(IdentityScribe.PledgeLasts);
        await Waiting.ForAsync(async () => await ResolveAsync(host, 2) is not null);

        Assert.Equal(member, await ResolveAsync(host, 2));
    }

    [Fact]
    public async Task An_event_that_names_a_taken_identity_claims_none_of_the_others()
    {
        await using var host = await EngineHost.StartAsync();
        await host.RegisterAsync(1);
        for (var free = 2; free < 10; free++)
        {
            var data = $$"""{"identities":["{{Till.Phone(free)}}","{{Till.Phone(1)}}"]}""";
            var answer = await host.SendAsync(
                Till.Event($"r{free}", "member.registered", Till.Phone(50 + free), host.Now, data));

            Assert.Equal("identity_taken", answer.Refusal?.Code);
            Assert.False(await IsClaimedAsync(host, free));
        }
    }

    private static Task<DeskAnswer> RegisterAsync(EngineHost host, params int[] phones) =>
        RegisterAsync(host, $"call-{string.Join('-', phones)}-{host.Now.Ticks}", phones);

    private static Task<DeskAnswer> RegisterAsync(EngineHost host, string key, params int[] phones) =>
        host.Engine.Desk.RegisterAsync(
            new Registration(
                [.. phones.Select(Till.Phone)], "bay", ImmutableSortedDictionary<string, string>.Empty),
            host.Call(key), default).WaitAsync(EngineHost.Patience);

    /// <summary>What is left when the process dies between the claims and the enrolment.</summary>
    private static async Task DieAfterClaimsAsync(EngineHost host, MemberId member, params int[] phones)
    {
        var router = host.Engine.Services.GetRequiredService<EventRouter>();
        var saga = new ClaimSaga(router, EventKey.ForCommand("test", "died"), "test", null);
        foreach (var phone in phones)
            await saga.TakeAsync(member, Identity(phone));
    }

    private static async Task AssertNoStrayAsync(EngineHost host, int phone)
    {
        if (await host.Engine.Desk.FindAsync(Till.Phone(phone), default) is not { Member: { } holder })
        {
            Assert.False(await IsClaimedAsync(host, phone), $"{phone} is claimed by nobody's member.");
            return;
        }

        var state = await host.ReadAsync(holder);
        Assert.True(state.Identities.Contains(RefOf(host, phone)), $"{phone} strayed to {holder}.");
    }

    private static async Task<bool> IsClaimedAsync(EngineHost host, int phone)
    {
        var id = new GrainKey(
            GrainKind.Identity,
            UInt128.Parse(RefOf(host, phone).Handle, global::System.Globalization.NumberStyles.HexNumber));
        var state = IdentityState.Empty;
        foreach (var entry in await host.Store.ReadAsync(id))
        {
            foreach (var fact in IdentityBody.Parse(entry.Body).Facts)
                state = state.Apply(fact);
        }

        return state.Holder is not null;
    }

    private static async Task<MemberId?> ResolveAsync(EngineHost host, int phone) =>
        (await host.Engine.Desk.FindAsync(Till.Phone(phone), default)).Member;

    private static IdentityRef RefOf(EngineHost host, int phone) =>
        host.Engine.Services.GetRequiredService<EventRouter>().ToRef(Identity(phone));

    private static IdentityText Identity(int phone)
    {
        Assert.True(IdentityText.TryParse(Till.Phone(phone), out var identity, out var problem), problem);
        return identity;
    }
}
