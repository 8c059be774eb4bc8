using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Silo.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>A friend's first purchase reaches the referrer once: at once, after a crash at any step, and
/// whoever the two have become.</summary>
public sealed class ReferralTests
{
    private static readonly Programme Rewarding = TestProgramme.With("""
        ruleset: test
        rules:
          base: { on: mall.purchase, earn: { wallet: points, amount: event.paid } }
          friend: { on: referral.completed, earn: { wallet: points, amount: 7 } }
          referrer: { on: friend.purchased, earn: { wallet: points, amount: 1000 } }
        """);

    /// <summary>Step and crash: the friend's purchase, the referrer's entry, the friend's end of it; before
    /// the step's entry is durable, and after. A purchase that was lost is sent again.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 3, MemberType = typeof(Death))]
    public async Task A_crash_at_any_step_ends_with_one_reward_for_each(int step, bool isWritten)
    {
        MemberId referrer = default, friend = default;
        var (journal, time) = await Death.OfAsync(
            static (journal, time) => StartAsync(journal, time, background: false), step, isWritten,
            async host =>
            {
                (referrer, friend) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
                await BringAsync(host, friend: 2, by: 1);
            },
            async host =>
            {
                await host.BuyAsync("p", 2, 100);
                await host.Member(friend).Poke().WaitAsync(EngineHost.Patience);
            });

        await using var next = await StartAsync(journal, time, background: true);
        await next.BuyAsync("p", 2, 100);
        time.Advance(TimeSpan.FromSeconds(31));
        await next.UntilAsync(friend, state => state.Referral?.Ended is not null);
        await next.Member(friend).Poke();

        Assert.Equal((1_000, 107), (await next.BalanceAsync(referrer), await next.BalanceAsync(friend)));
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task A_referrer_who_registers_later_is_told_then()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime(), background: true);
        var friend = await host.RegisterAsync(2);
        await BringAsync(host, friend: 2, by: 1);
        await host.BuyAsync("p", 2, 100);
        await host.UntilAsync(friend, state => state.Referral!.DriveAt > host.Now.AddMinutes(30));

        var referrer = await host.RegisterAsync(1);
        host.Time.Advance(TimeSpan.FromHours(2));
        await host.UntilAsync(friend, state => state.Referral!.Ended == "told");
        Assert.Equal(1_000, await host.BalanceAsync(referrer));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_referrer_who_has_become_a_part_of_another_is_followed()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime(), background: true);
        var (referrer, friend, other) = (
            await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3));
        await BringAsync(host, friend: 2, by: 1);
        await MergeAsync(host, referrer, other);

        await host.BuyAsync("p", 2, 100);
        await host.UntilAsync(friend, state => state.Referral?.Ended == "told");
        Assert.Equal(1_000, await host.BalanceAsync(other));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_has_become_one_with_the_referrer_rewards_nobody()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime(), background: true);
        var (referrer, friend) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await BringAsync(host, friend: 2, by: 1);
        await MergeAsync(host, referrer, friend);

        await host.BuyAsync("p", 2, 100);
        await host.UntilAsync(friend, state => state.Referral?.Ended == "self");
        Assert.Equal(107, await host.BalanceAsync(friend));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Many_friends_at_once_are_each_counted_once()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime(), background: true);
        var referrer = await host.RegisterAsync(1);
        var friends = await Task.WhenAll(Enumerable.Range(2, 20).Select(phone => host.RegisterAsync(phone)));
        for (var phone = 2; phone < 22; phone++)
            await BringAsync(host, phone, by: 1);

        await Task.WhenAll(Enumerable.Range(2, 20).Select(phone => host.BuyAsync($"p{phone}", phone, 10)));
        await Task.WhenAll(friends.SelectMany(
            friend => new[] { host.Member(friend).Poke(), host.Member(friend).Poke() }));
        await host.UntilAsync(referrer, state => state.Friends == 20);

        Assert.Equal(20_000, await host.BalanceAsync(referrer));
        await host.AssertCleanAsync();
    }

    [Fact]
    public void The_auditor_finds_a_friend_heard_of_twice_and_one_of_whom_nobody_heard()
    {
        var (audit, friend, lost) = (new ReferralAudit(), new MemberId(2), new MemberId(3));
        var completed = new Fact.ReferralCompleted("s", "r", new(10), default, default);
        audit.Visit(friend.Value, [completed]);
        audit.Visit(lost.Value, [completed, new Fact.ReferralEnded("told")]);
        Assert.Single(audit.Problems);

        audit.Visit(1, [new Fact.FriendPurchased(friend, new(10))]);
        audit.Visit(1, [new Fact.FriendPurchased(lost, new(10))]);
        Assert.Empty(audit.Problems);
        audit.Visit(4, [new Fact.FriendPurchased(friend, new(10))]);
        Assert.Contains("heard of 2 times", Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    private static Task<EngineHost> StartAsync(IJournal journal, ManualTime time, bool background) =>
        EngineHost.StartAsync(journal, time, background, Rewarding);

    private static async Task BringAsync(EngineHost host, int friend, int by)
    {
        var answer = await host.SendAsync(Till.Event(
            $"j{friend}", "member.updated", Till.Phone(friend), host.Now,
            $$"""{"referrer":"{{Till.Phone(by)}}"}"""));
        Assert.Null(answer.Refusal);
    }

    private static Task<DeskAnswer> MergeAsync(EngineHost host, MemberId member, MemberId into) =>
        host.Engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
            member, into, "one person", host.Call(), default).WaitAsync(EngineHost.Patience);
}
