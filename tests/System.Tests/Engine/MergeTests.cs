using MallVip.Grains.Desk;
using MallVip.Grains.Explaining;
using MallVip.Grains.Journal;
using MallVip.Grains.Reports;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>One member of two: under load, in rings, and with a crash after every step.</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task A_merged_member_brings_points_tags_and_identities_along_and_its_id_leads_to_the_other()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, member) = (await host.RegisterAsync(1, "05-04"), await host.RegisterAsync(2));
        await host.BuyAsync("a", 1, 300);
        await host.BuyAsync("b", 2, 50);
        await host.CommandAsync(old, new MemberCommand.AddTag("vip", null, null));

        var merged = await MergeAsync(host, old, member);

        Assert.True(merged.Refusal is null, merged.Refusal?.Detail);
        Assert.Equal(member, merged.Member);
        var state = await host.ReadAsync(old);
        Assert.Equal((member, 350), (state.Id!.Value, state.FindWallet("points")!.Balance.Value));
        Assert.Equal(2, state.Identities.Length);
        Assert.Contains(state.Tags, tag => tag.Tag == "vip");
        Assert.Equal((2, 2), (state.Purchases, state.Events));
        Assert.Equal(old, Assert.Single(state.Absorbed).Member);
        var bought = await host.BuyAsync("c", 1, 7);
        Assert.Equal((member, 357), (bought.Member!.Value, await host.BalanceAsync(member)));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Events_for_both_keep_coming_meanwhile_and_each_counts_once()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        var sent = Enumerable.Range(0, 400).Select(async i =>
        {
            await Task.Yield();
            return await host.BuyAsync($"e{i % 380}", 1 + (i % 2), 10);
        }).ToArray();

        var merged = MergeAsync(host, old, member);
        var answers = await Task.WhenAll(sent);
        Assert.True((await merged).Refusal is null);
        var more = await Task.WhenAll(
            Enumerable.Range(400, 100).Select(i => host.BuyAsync($"e{i}", 1 + (i % 2), 10)));

        Assert.All(answers.Concat(more), answer => Assert.Null(answer.Refusal));
        Assert.Equal(4_800, await host.BalanceAsync(member));
        Assert.Equal(480, (await host.ReadAsync(member)).Purchases);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_repeat_of_what_the_merged_member_recorded_gets_its_first_answer()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        var first = await host.BuyAsync("a", 1, 300);
        await MergeAsync(host, old, member, "one");

        var again = await host.BuyAsync("a", 1, 300);
        var merged = await MergeAsync(host, old, member, "one");

        Assert.Equal(Grains.Intake.EventStatus.Duplicate, again.Status);
        Assert.Equal(
            Assert.Single(first.Outcome!.Lines).Points, Assert.Single(again.Outcome!.Lines).Points);
        Assert.True(merged.Refusal is null, merged.Refusal?.Detail);
        Assert.Equal(300, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_purchase_of_the_merged_member_is_returned_from_its_own_points()
    {
        await using var host = await EngineHost.StartAsync();
        MemberId[] members =
            [await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3)];
        await host.BuyAsync("a", 1, 300);
        await host.BuyAsync("b", 2, 50);
        await host.BuyAsync("c", 3, 20);
        await host.SendAsync(Till.Refund("r1", Till.Phone(1), 100, host.Now, "noodles", "Ra"));
        await MergeAsync(host, members[0], members[1]);
        await host.SendAsync(Till.Refund("r2", Till.Phone(1), 50, host.Now, "noodles", "Ra"));
        await MergeAsync(host, members[1], members[2]);

        var returned = await host.SendAsync(Till.Refund("r3", Till.Phone(3), 150, host.Now, "noodles", "Ra"));
        var excess = await host.SendAsync(Till.Refund("r4", Till.Phone(3), 1, host.Now, "noodles", "Ra"));

        Assert.Null(returned.Refusal);
        Assert.Equal(150, Assert.Single(returned.Outcome!.Reversed).Points.Value);
        Assert.Equal("return_exceeds_purchase", excess.Refusal?.Code);
        Assert.Equal(70, await host.BalanceAsync(members[2]));
        var past = await host.Engine.Services.GetRequiredService<EntryArchive>()
            .ReadAsync(members[2], (await host.HistoryAsync(members[2]))[^1].Seq, default);
        var why = EntryExplainer.Explain(past!);
        Assert.True(why.IsSame);
        Assert.NotNull(Assert.Single(why.Lines, line => line.Fact is Fact.Reversed).Reversal);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_one_owes_is_paid_by_the_points_of_the_other()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.CommandAsync(old, new MemberCommand.Adjust("debt", new(100), "gift", null));
        await host.BuyAsync("a", 2, 200, "beauty-hall");
        await host.CommandAsync(member, new MemberCommand.Spend("debt", new(40), "gift"));
        await host.SendAsync(Till.Refund("r", Till.Phone(2), 200, host.Now, "beauty-hall", "Ra"));
        Assert.Equal(-40, await host.BalanceAsync(member, "debt"));

        await MergeAsync(host, old, member);

        Assert.Equal(60, await host.BalanceAsync(member, "debt"));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task The_higher_tier_stays_until_its_validity_ends_and_two_halves_make_a_gold_member()
    {
        await using var host = await EngineHost.StartAsync();
        MemberId[] members =
            [await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3)];
        await host.BuyAsync("a", 1, 60_000);
        await host.BuyAsync("b", 2, 60_000);
        var silver = (await host.ReadAsync(members[1])).Tier!.Tier;

        await MergeAsync(host, members[0], members[1]);
        var gold = (await host.ReadAsync(members[1])).Tier!;
        await MergeAsync(host, members[1], members[2]);

        Assert.Equal(("base", "gold"), (silver, gold.Tier));
        Assert.Equal(gold, (await host.ReadAsync(members[2])).Tier);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Of_a_ring_of_merges_at_once_at_least_one_member_goes_on_with_all_that_was_merged()
    {
        await using var host = await EngineHost.StartAsync();
        MemberId[] members =
            [await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3)];
        for (var i = 1; i <= 3; i++)
            await host.BuyAsync($"p{i}", i, 100 * i);

        var merges = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(i => MergeAsync(host, members[i], members[(i + 1) % 3])));

        Assert.All(merges, merge => Assert.True(
            merge.Refusal?.Code is null or "merge_refused" or "merge_with_self", merge.Refusal?.Detail));
        Assert.Contains(merges, merge => merge.Refusal is not null);
        var states = await Task.WhenAll(members.Select(host.ReadAsync));
        var alive = states.DistinctBy(state => state.Id).ToArray();
        Assert.Equal(600, alive.Sum(state => state.FindWallet("points")!.Balance.Value));
        Assert.All(alive, state => Assert.Null(state.Merge));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_merge_with_oneself_with_nobody_or_with_a_closed_member_changes_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("a", 1, 300);
        await host.CommandAsync(member, new MemberCommand.SetStatus(MemberStatus.Closed, "left"));

        var self = await MergeAsync(host, old, old);
        var nobody = await MergeAsync(host, old, new MemberId(7));
        var closed = await MergeAsync(host, old, member, "one");
        await host.CommandAsync(member, new MemberCommand.SetStatus(MemberStatus.Active, "back"));
        var again = await MergeAsync(host, old, member, "one");
        var after = await host.BuyAsync("b", 1, 10);
        var other = await MergeAsync(host, old, member, "two");

        Assert.Equal("merge_with_self", self.Refusal?.Code);
        Assert.Equal("unknown_member", nobody.Refusal?.Code);
        Assert.Equal(("merge_refused", "merge_refused"), (closed.Refusal?.Code, again.Refusal?.Code));
        Assert.Equal(old, after.Member);
        Assert.True(other.Refusal is null, other.Refusal?.Detail);
        Assert.Equal(310, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task The_old_member_can_be_read_as_it_was()
    {
        await using var host = await EngineHost.StartAsync();
        var (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("a", 1, 300);
        var then = host.Now;
        host.Time.Advance(TimeSpan.FromHours(1));
        await MergeAsync(host, old, member);

        var past = await host.Engine.Desk.ReadAsync(old, then, default);
        var now = await host.Engine.Desk.ReadAsync(old, host.Now, default);

        Assert.Equal(300, past!.Snapshot.State.FindWallet("points")!.Balance.Value);
        Assert.Equal((member, true), (now!.Snapshot.State.Merge!.Into, now.Snapshot.State.Wallets.IsEmpty));
    }

    /// <summary>Step and crash: started, absorbed, the phone moved, done; before the step's entry is durable,
    /// and after. Where the start is lost nothing has happened; from then on the timer ends it.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    public async Task A_crash_at_any_step_ends_with_the_points_in_one_place(
        int step, bool isWritten, bool isMerged)
    {
        MemberId old = default, member = default;
        var (journal, time) = await Death.OfAsync(
            step, isWritten, async host =>
            {
                (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
                await host.BuyAsync("a", 1, 300);
                await host.BuyAsync("b", 2, 50);
            },
            host => MergeAsync(host, old, member));

        Assert.Equal(350, await OutstandingAsync(journal));
        await using var next = await EngineHost.StartAsync(journal, time, background: true);
        time.Advance(TimeSpan.FromSeconds(31));
        await next.UntilAsync(old, state => state.Merge is null);
        await next.BuyAsync("c", 1, 5);

        Assert.Equal(isMerged ? member : old, (await next.ReadAsync(old)).Id);
        Assert.Equal(isMerged ? 355 : 50, await next.BalanceAsync(member));
        await next.AssertCleanAsync();
    }

    /// <summary>What a report says that all members hold.</summary>
    private static async Task<long> OutstandingAsync(IJournalReader journal) =>
        (await ReportReader.RunAsync(journal, new() { Name = "outstanding" }, default))
            .Column("points").Sum(points => (long)points!);

    private static Task<DeskAnswer> MergeAsync(
        EngineHost host, MemberId from, MemberId into, string? key = null) =>
        host.Engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
            from, into, "one person", host.Call(key), default).WaitAsync(EngineHost.Patience);
}
