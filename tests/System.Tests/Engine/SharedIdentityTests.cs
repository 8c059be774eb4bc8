using MallVip.Grains.Desk;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>A plate of several members: in which order they hold it, and whose its events are.</summary>
public sealed class SharedIdentityTests
{
    [Fact]
    public async Task Who_links_a_plate_that_another_holds_joins_behind_and_the_first_gets_its_events()
    {
        await using var host = await EngineHost.StartAsync();
        var (first, second) = (await host.RegisterAsync(1), await host.RegisterAsync(2));

        var alone = await host.LinkAsync(first, Shared.Plate);
        var joined = await host.LinkAsync(second, Shared.Plate);
        var again = await host.LinkAsync(second, Shared.Plate);
        var bought = await host.SendAsync(Till.Purchase("a", Shared.Plate, 10, host.Now));

        Assert.Empty(alone.Shared);
        Assert.Equal((Shared.Plate, 2), Assert.Single(joined.Shared.Select(pair => (pair.Key, pair.Value))));
        Assert.Equal(2, Assert.Single(again.Shared).Value);
        Assert.Equal(first, bought.Member);
        Assert.Equal([first, second], await host.HoldersAsync());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Phones_and_cards_are_one_members_as_before_and_a_ninth_holder_of_a_plate_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var members = new List<MemberId>();
        for (var i = 1; i <= IdentityState.MostHolders + 1; i++)
            members.Add(await host.RegisterAsync(i));
        await host.LinkAsync(members[0], "card:7");
        foreach (var member in members.SkipLast(1))
            Assert.Null((await host.LinkAsync(member, Shared.Plate)).Refusal);

        var tried = await host.LinkAsync(members[^1], Shared.Plate, dryRun: true);
        var ninth = await host.LinkAsync(members[^1], Shared.Plate);
        var registered = await host.RegisterAsync("r", Till.Phone(50), Shared.Plate);
        var named = await host.SendAsync(Till.Event(
            "u", "member.updated", Till.Phone(9), host.Now, $$"""{"identities":["{{Shared.Plate}}"]}"""));

        Assert.Equal("identity_taken", (await host.LinkAsync(members[1], "card:7")).Refusal?.Code);
        Assert.Equal("identity_taken", (await host.LinkAsync(members[1], Till.Phone(1))).Refusal?.Code);
        foreach (var refusal in (Refusal?[])[tried.Refusal, ninth.Refusal, registered.Refusal, named.Refusal])
            Assert.Equal("too_many_holders", refusal?.Code);
        Assert.Equal(members.SkipLast(1), await host.HoldersAsync());
        Assert.Null((await host.Engine.Desk.FindAsync(Till.Phone(50), default)).Member);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_registration_and_an_event_join_too_and_the_answer_says_the_place()
    {
        await using var host = await EngineHost.StartAsync();
        var first = (await host.RegisterAsync("r1", Shared.Plate)).Member!.Value;

        var tried = await host.RegisterAsync("r2", dryRun: true, Till.Phone(2), Shared.Plate);
        var second = await host.RegisterAsync("r2", Till.Phone(2), Shared.Plate);
        var repeat = await host.RegisterAsync("r2", Till.Phone(2), Shared.Plate);
        var third = await host.SendAsync(Till.Event(
            "u", "member.registered", Till.Phone(3), host.Now, $$"""{"identities":["{{Shared.Plate}}"]}"""));

        foreach (var answer in (DeskAnswer[])[tried, second, repeat])
            Assert.Equal(2, Assert.Single(answer.Shared).Value);
        Assert.Equal(second.Member, repeat.Member);
        Assert.Equal([first, second.Member!.Value, third.Member!.Value], await host.HoldersAsync());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task The_desk_puts_the_order_and_a_list_of_others_or_a_late_repeat_changes_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var (a, b, c) = await ThreeAsync(host);

        var put = await host.OrderAsync("one", c, a, b);
        var event1 = await host.SendAsync(Till.Purchase("a", Shared.Plate, 10, host.Now));
        var same = await host.OrderAsync("two", c, a, b);
        await host.OrderAsync("three", b, a, c);
        var late = await host.OrderAsync("one", c, a, b);
        var lateSame = await host.OrderAsync("two", c, a, b);
        await host.ReleaseAsync(b, Shared.Plate);
        var gone = await host.OrderAsync("four", b, c, a);
        var twice = await host.OrderAsync("five", a, a);
        var few = await host.OrderAsync("six", a);

        Assert.Equal(
            (OrderStatus.Ordered, OrderStatus.Unchanged, OrderStatus.Duplicate, OrderStatus.Duplicate),
            (put.Status, same.Status, late.Status, lateSame.Status));
        Assert.Equal(c, event1.Member);
        foreach (var refused in (SharedOrder[])[gone, twice, few])
            Assert.Equal("holders_differ", refused.Refusal?.Code);
        Assert.Equal([a, c], await host.HoldersAsync());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task An_order_with_the_key_of_another_is_refused_and_a_tried_one_changes_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var (a, b, c) = await ThreeAsync(host);

        var tried = await host.OrderAsync("one", dryRun: true, b, a, c);
        await host.OrderAsync("one", b, a, c);
        var reused = await host.OrderAsync("one", c, a, b);

        Assert.Equal(OrderStatus.Ordered, tried.Status);
        Assert.Equal("idempotency_key_reused", reused.Refusal?.Code);
        Assert.Equal([b, a, c], await host.HoldersAsync());
    }

    [Fact]
    public async Task When_the_first_gives_it_up_the_next_is_the_first_and_after_the_last_it_is_free()
    {
        await using var host = await EngineHost.StartAsync();
        var (a, b, c) = await ThreeAsync(host);

        await host.ReleaseAsync(a, Shared.Plate);
        var toNext = await host.SendAsync(Till.Purchase("a", Shared.Plate, 10, host.Now));
        await host.ReleaseAsync(c, Shared.Plate);
        await host.ReleaseAsync(b, Shared.Plate);
        var free = await host.SendAsync(Till.Purchase("b", Shared.Plate, 10, host.Now));

        Assert.Equal((b, EventStatus.Unclaimed), (toNext.Member, free.Status));
        Assert.Empty(await host.HoldersAsync());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_refund_goes_to_who_was_first_when_it_was_bought_also_if_the_purchase_waited()
    {
        await using var host = await EngineHost.StartAsync();
        await host.SendAsync(Till.Purchase("a", Shared.Plate, 100, host.Now));
        var (a, b, c) = await ThreeAsync(host);
        await host.SendAsync(Till.Purchase("b", Shared.Plate, 50, host.Now));
        await host.OrderAsync("one", b, a, c);

        var waited = await host.SendAsync(Till.Refund("r", Shared.Plate, 100, host.Now, "noodles", "Ra"));
        var direct = await host.SendAsync(Till.Refund("s", Shared.Plate, 50, host.Now, "noodles", "Rb"));

        Assert.Equal((a, a), (waited.Member, direct.Member));
        Assert.Equal((0, 0), (await host.BalanceAsync(a), await host.BalanceAsync(b)));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_merges_with_another_holder_keeps_the_earlier_of_the_two_places()
    {
        await using var host = await EngineHost.StartAsync();
        var (a, b, c) = await ThreeAsync(host);

        await host.MergeAsync(c, b);
        await host.MergeAsync(a, b);

        Assert.Equal([b], await host.HoldersAsync());
        Assert.Equal(b, (await host.SendAsync(Till.Purchase("a", Shared.Plate, 10, host.Now))).Member);
        await host.ReleaseAsync(b, Shared.Plate);
        Assert.Empty(await host.HoldersAsync());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_test_keys_member_shares_with_its_like_only()
    {
        await using var host = await EngineHost.StartAsync();
        var (a, b) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.LinkAsync(a, Shared.Plate);

        var test = await host.LinkAsync(b, Shared.Plate, actor: "test:till");

        Assert.Equal("identity_taken", test.Refusal?.Code);
        Assert.Equal([a], await host.HoldersAsync());
    }

    [Fact]
    public async Task Linked_released_and_ordered_by_many_at_once_it_is_in_the_end_who_has_its()
    {
        await using var host = await EngineHost.StartAsync();
        var (a, b, c) = await ThreeAsync(host);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(
                host.ReleaseAsync(a, Shared.Plate), host.LinkAsync(a, Shared.Plate),
                host.ReleaseAsync(b, Shared.Plate), host.LinkAsync(b, Shared.Plate),
                (Task)host.OrderAsync($"o{round}", c, b, a), host.OrderAsync($"p{round}", c, a));
            host.Time.Advance(IdentityScribe.PledgeLasts);
            foreach (var member in await host.HoldersAsync())
                Assert.Contains(
                    (await host.ReadAsync(member)).Identities, identity => identity.Kind == "plate");
            await host.AssertCleanAsync();
        }

        Assert.Contains(c, await host.HoldersAsync());
    }

    private static async Task<(MemberId A, MemberId B, MemberId C)> ThreeAsync(EngineHost host)
    {
        var (a, b, c) = (
            await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3));
        foreach (var member in (MemberId[])[a, b, c])
            Assert.Null((await host.LinkAsync(member, Shared.Plate)).Refusal);
        return (a, b, c);
    }
}
