using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>A plate of several members, and a crash after every step of what changes its order.</summary>
public sealed class SharedCrashTests
{
    /// <summary>Step and crash: begun, given up, out of the order; before the step's entry is durable, and
    /// after.</summary>
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(2, true, false)]
    public async Task A_release_by_the_first_ends_with_the_first_or_the_next_and_no_event_is_lost(
        int step, bool isWritten, bool isHeld)
    {
        MemberId first = default, next = default;
        var (journal, time) = await DieAsync(
            step, isWritten,
            async host => (first, next) = (await host.RegisterAsync(1), await host.RegisterAsync(2)),
            host => host.ReleaseAsync(first, Shared.Plate, "one"), () => [first, next]);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        var between = await after.SendAsync(Till.Purchase("a", Shared.Plate, 5, after.Now));
        time.Advance(IdentityScribe.PledgeLasts);
        var owner = isHeld ? first : next;
        await after.UntilAsync(owner, state => state.Purchases == 1);

        Assert.Null(between.Refusal);
        Assert.Equal(isHeld ? [first, next] : [next], await after.HoldersAsync());
        var repeat = await after.ReleaseAsync(first, Shared.Plate, "one");
        Assert.True(repeat.Refusal is null, repeat.Refusal?.Detail);
        Assert.Equal(next, (await after.SendAsync(Till.Purchase("b", Shared.Plate, 5, after.Now))).Member);
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash: begun, given up, out of the order. The first keeps its events all the while.
    /// </summary>
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(2, true, false)]
    public async Task A_release_by_the_second_never_touches_the_first(int step, bool isWritten, bool isHeld)
    {
        MemberId first = default, second = default;
        var (journal, time) = await DieAsync(
            step, isWritten,
            async host => (first, second) = (await host.RegisterAsync(1), await host.RegisterAsync(2)),
            host => host.ReleaseAsync(second, Shared.Plate, "one"), () => [first, second]);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        var between = await after.SendAsync(Till.Purchase("a", Shared.Plate, 5, after.Now));
        time.Advance(IdentityScribe.PledgeLasts);
        await SettledAsync(after, isHeld ? [first, second] : [first]);

        Assert.Equal(first, between.Member);
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash: pledged, linked, for good.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, false)]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    public async Task A_link_ends_with_the_second_in_the_order_or_out_of_it(
        int step, bool isWritten, bool isLinked)
    {
        MemberId first = default, second = default;
        var (journal, time) = await DieAsync(
            step, isWritten,
            async host => (first, second) = (await host.RegisterAsync(1), await host.RegisterAsync(2)),
            host => host.LinkAsync(second, Shared.Plate, "one"), () => [first]);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        var between = await after.SendAsync(Till.Purchase("a", Shared.Plate, 5, after.Now));
        time.Advance(IdentityScribe.PledgeLasts);
        await SettledAsync(after, isLinked ? [first, second] : [first]);
        var repeat = await after.LinkAsync(second, Shared.Plate, "one");

        Assert.Equal(first, between.Member);
        Assert.True(repeat.Refusal is null, repeat.Refusal?.Detail);
        Assert.Equal([first, second], await after.HoldersAsync());
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash: two claims, the enrolment, both for good; repeated at once or when its claims
    /// have lapsed.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, false)]
    [InlineData(1, false, false)]
    [InlineData(1, true, false)]
    [InlineData(1, true, true)]
    [InlineData(2, false, false)]
    [InlineData(2, false, true)]
    [InlineData(2, true, false)]
    [InlineData(2, true, true)]
    [InlineData(3, true, false)]
    [InlineData(4, false, true)]
    [InlineData(4, true, false)]
    public async Task A_registration_with_anothers_plate_ends_with_one_place_for_the_new_member(
        int step, bool isWritten, bool isLate)
    {
        MemberId first = default;
        var (journal, time) = await DieAsync(
            step, isWritten, async host => first = await host.RegisterAsync(1),
            host => host.RegisterAsync("one", Till.Phone(5), Shared.Plate), () => [first]);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        var between = await after.SendAsync(Till.Purchase("a", Shared.Plate, 5, after.Now));
        if (isLate)
            time.Advance(IdentityScribe.PledgeLasts);
        var repeat = await after.RegisterAsync("one", Till.Phone(5), Shared.Plate);
        time.Advance(IdentityScribe.PledgeLasts);

        Assert.Equal(first, between.Member);
        Assert.True(repeat.Refusal is null, repeat.Refusal?.Detail);
        await SettledAsync(after, [first, repeat.Member!.Value]);
        Assert.Equal(2, (await after.ReadAsync(repeat.Member.Value)).Identities.Length);
        await after.AssertCleanAsync();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task A_registration_with_nothing_but_anothers_plate_that_died_leaves_nobody_behind(
        int step, bool isWritten)
    {
        MemberId first = default;
        var (journal, time) = await DieAsync(
            step, isWritten, async host => first = await host.RegisterAsync(1),
            host => host.RegisterAsync("one", Shared.Plate), () => [first]);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        time.Advance(IdentityScribe.PledgeLasts);
        var others = step == 2 ? 1 : 0;
        await Waiting.ForAsync(async () =>
            (await after.HoldersAsync()).Length == 1 + others && await IsSettledAsync(after));

        Assert.Equal(first, (await after.HoldersAsync())[0]);
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash: started, absorbed, phone and plate moved, done. Three hold the plate, of whom
    /// the first becomes a part of the last.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    [InlineData(4, false, true)]
    [InlineData(4, true, true)]
    public async Task A_merge_of_two_who_share_ends_with_the_earlier_place(
        int step, bool isWritten, bool isMerged)
    {
        MemberId old = default, other = default, member = default;
        var (journal, time) = await DieAsync(
            step, isWritten,
            async host => (old, other, member) =
                (await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3)),
            host => host.MergeAsync(old, member, "one"), () => [old, other, member]);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        time.Advance(TimeSpan.FromSeconds(31));
        await after.UntilAsync(old, state => state.Merge is null);
        await SettledAsync(after, isMerged ? [member, other] : [old, other, member]);
        var bought = await after.SendAsync(Till.Purchase("a", Shared.Plate, 5, after.Now));

        Assert.Equal(isMerged ? member : old, bought.Member);
        await after.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_gives_the_plate_up_before_a_merge_has_moved_it_does_not_get_it_back_by_the_move()
    {
        MemberId old = default, member = default;
        var (journal, time) = await DieAsync(
            2, false,
            async host => (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2)),
            host => host.MergeAsync(old, member, "one"), () => [old, member]);
        await using (var between = await EngineHost.StartAsync(journal, time))
            Assert.Null((await between.ReleaseAsync(member, Shared.Plate, "two")).Refusal);

        await using var after = await EngineHost.StartAsync(journal, time, background: true);
        time.Advance(TimeSpan.FromSeconds(31));
        await after.UntilAsync(old, state => state.Merge is null && state.Id == member);
        time.Advance(IdentityScribe.PledgeLasts);
        await SettledAsync(after, []);

        await after.AssertCleanAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_that_broke_off_is_put_by_its_repeat(bool isWritten)
    {
        MemberId first = default, second = default;
        var (journal, time) = await DieAsync(
            0, isWritten,
            async host => (first, second) = (await host.RegisterAsync(1), await host.RegisterAsync(2)),
            host => host.OrderAsync("one", second, first), () => [first, second]);

        await using var after = await EngineHost.StartAsync(journal, time);
        var repeat = await after.OrderAsync("one", second, first);

        Assert.Equal(isWritten ? OrderStatus.Duplicate : OrderStatus.Ordered, repeat.Status);
        Assert.Equal([second, first], await after.HoldersAsync());
        await after.AssertCleanAsync();
    }

    /// <summary>What a silo leaves that dies at a step of a call.</summary>
    private static async Task<(MemoryJournal Journal, ManualTime Time)> DieAsync(
        int step, bool isWritten, Func<EngineHost, Task> register, Func<EngineHost, Task> call,
        Func<MemberId[]> holders)
    {
        return await Death.OfAsync(
            step, isWritten, async host =>
            {
                await register(host);
                foreach (var member in holders())
                    Assert.Null((await host.LinkAsync(member, Shared.Plate)).Refusal);
            },
            call);
    }

    private static Task SettledAsync(EngineHost host, MemberId[] wanted) => Waiting.ForAsync(async () =>
        (await host.HoldersAsync()).SequenceEqual(wanted) && await IsSettledAsync(host));

    /// <summary>Nothing is under way: an order could be put.</summary>
    private static async Task<bool> IsSettledAsync(EngineHost host) =>
        (await host.OrderAsync("look", dryRun: true, await host.HoldersAsync())).Refusal is null;
}
