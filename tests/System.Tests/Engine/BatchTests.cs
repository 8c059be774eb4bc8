using System.Collections.Immutable;
using MallVip.Grains.Batches;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Lists of actions on members, carried out by the due worker, a page at a time.</summary>
public sealed class BatchTests
{
    [Fact]
    public async Task A_list_is_carried_out_once_although_the_silo_ends_in_the_middle_and_taken_back()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        string id;
        MemberId[] members;
        await using (var first = await EngineHost.StartAsync(journal, time))
        {
            members = [await first.RegisterAsync(1), await first.RegisterAsync(2)];
            id = await OpenAsync(first, Rows(members, 1_000));
            Assert.Equal(0, await first.BalanceAsync(members[0]));
            await DecideAsync(first, id, BatchVerb.Approve);
            await first.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();
            Assert.Equal(BatchGrain.PageLength, (await ReadAsync(first, id)).Done);
        }

        await using var host = await EngineHost.StartAsync(journal, time, background: true);
        await EndsAsync(host, id, BatchStatus.Done);
        Assert.Equal(5_000, await host.BalanceAsync(members[0]));
        Assert.Equal(5_000, await host.BalanceAsync(members[1]));
        await host.CommandAsync(members[1], new MemberCommand.Spend("points", new(4_000), "gift"), "spend");

        await DecideAsync(host, id, BatchVerb.Undo);
        var undone = await EndsAsync(host, id, BatchStatus.Undone);

        Assert.Equal((0, 0), (await host.BalanceAsync(members[0]), await host.BalanceAsync(members[1])));
        Assert.Equal((1_000, 400), (undone.Undone, undone.Kept.Count));
        Assert.All(undone.Kept.Lines, kept => Assert.Equal("points_gone", kept.Code));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_page_that_was_done_but_not_noted_is_done_again_and_counts_once()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var (id, member) = await DieBeforeThePageIsNotedAsync(journal, time, rows: 1);

        await using var next = await EngineHost.StartAsync(journal, time);
        Assert.Equal(10, await next.BalanceAsync(member));
        Assert.Equal(0, (await ReadAsync(next, id)).Done);
        await next.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();

        Assert.Equal(BatchStatus.Done, (await ReadAsync(next, id)).Status);
        Assert.Equal(10, await next.BalanceAsync(member));
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task Only_tags_and_points_that_the_list_gave_are_taken_back()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var (one, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.CommandAsync(other, new MemberCommand.AddTag("vip", null, null));
        ImmutableArray<BatchRow> rows =
        [
            new(2, one, BatchAction.Tag, "vip", 0, null),
            new(3, other, BatchAction.Tag, "vip", 0, null),
            new(4, one, BatchAction.Adjust, "points", -5, null),
            new(5, one, BatchAction.Adjust, "points", 5, null),
        ];
        var id = await OpenAsync(host, rows);
        await DecideAsync(host, id, BatchVerb.Approve);
        var done = await EndsAsync(host, id, BatchStatus.Done);

        await DecideAsync(host, id, BatchVerb.Undo);
        await EndsAsync(host, id, BatchStatus.Undone);

        Assert.Equal(
            [(3, "unchanged"), (4, "insufficient_points")],
            done.Refused.Lines.Select(row => (row.Line, row.Code)));
        Assert.Empty((await host.ReadAsync(one)).Tags);
        Assert.Equal("vip", Assert.Single((await host.ReadAsync(other)).Tags).Tag);
        Assert.Equal(0, await host.BalanceAsync(one));
    }

    [Fact]
    public async Task What_a_page_did_before_a_crash_is_taken_back_although_the_list_was_cancelled_then()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var (id, member) = await DieBeforeThePageIsNotedAsync(journal, time, rows: 1_000);

        await using var next = await EngineHost.StartAsync(journal, time);
        Assert.InRange(await next.BalanceAsync(member), 10, 2_560);
        await DecideAsync(next, id, BatchVerb.Cancel);
        Assert.Equal(BatchStatus.Cancelled, (await ReadAsync(next, id)).Status);
        await DecideAsync(next, id, BatchVerb.Undo);
        await next.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();

        Assert.Equal(BatchStatus.Undone, (await ReadAsync(next, id)).Status);
        Assert.Equal(0, await next.BalanceAsync(member));
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task A_hand_in_that_broke_off_begins_anew_with_what_is_sent_then()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var call = host.Call("list");
        var id = EventKey.ForCommand(call.Actor, call.Key).ToString();
        var grain = host.Engine.Grains.GetGrain<IBatchGrain>(id);
        await grain.Add(0, 7, Rows([member], 700), []);
        await grain.Add(700, 8, Rows([member], 300), []);

        var (rows, desk) = (Rows([member], 1_500), Desk(host));
        var (_, view) = await desk.OpenAsync(call, "sorry", rows, [], fourEyes: false);
        var (_, again) = await desk.OpenAsync(call, "sorry", rows, [], fourEyes: false);

        Assert.Equal((1_500, 15_000), (view!.Good, view.Sums.Single().In));
        Assert.Equal(view.At, again!.At);
    }

    [Fact]
    public async Task A_tag_that_was_there_keeps_its_end()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var end = host.Now.AddDays(100);
        await host.CommandAsync(member, new MemberCommand.AddTag("vip", end, null));
        var id = await OpenAsync(
            host, [new(2, member, BatchAction.Tag, "vip", 0, host.Now.AddDays(3))]);
        await DecideAsync(host, id, BatchVerb.Approve);
        var done = await EndsAsync(host, id, BatchStatus.Done);
        Assert.Equal("unchanged", Assert.Single(done.Refused.Lines).Code);
        await DecideAsync(host, id, BatchVerb.Undo);
        await EndsAsync(host, id, BatchStatus.Undone);

        Assert.Equal(end, Assert.Single((await host.ReadAsync(member)).Tags).Until);
    }

    [Fact]
    public async Task What_taking_a_list_back_would_do_is_told_before_and_is_what_it_does()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var (one, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        ImmutableArray<BatchRow> rows =
        [
            new(2, one, BatchAction.Adjust, "points", 30, null),
            new(3, one, BatchAction.Adjust, "points", 20, null),
            new(4, other, BatchAction.Adjust, "points", 10, null),
            new(5, other, BatchAction.Adjust, "points", -4, null),
            new(6, one, BatchAction.Untag, "vip", 0, null),
        ];
        var id = await OpenAsync(host, rows);
        await DecideAsync(host, id, BatchVerb.Approve);
        await EndsAsync(host, id, BatchStatus.Done);
        await host.CommandAsync(one, new MemberCommand.Spend("points", new(25), "gift"), "spend");
        var entries = (await host.HistoryAsync(one)).Length;

        var told = await DecideAsync(host, id, BatchVerb.Undo, dryRun: true);

        Assert.Equal(BatchStatus.Done, told.View!.Status);
        Assert.Equal(4, told.View.Undo!.Rows);
        Assert.Equal(new BatchSum("points", 4, 35), told.View.Undo.Sums.Single());
        Assert.Equal((2, "points_gone"), KeptOf(told.View.Undo.Kept));
        Assert.Equal((25, 6), (await host.BalanceAsync(one), await host.BalanceAsync(other)));
        Assert.Equal(entries, (await host.HistoryAsync(one)).Length);
        await DecideAsync(host, id, BatchVerb.Undo);
        Assert.Equal((2, "points_gone"), KeptOf((await EndsAsync(host, id, BatchStatus.Undone)).Kept));
        Assert.Equal((0, 0), (await host.BalanceAsync(one), await host.BalanceAsync(other)));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_tier_that_the_list_gave_is_taken_back_exactly_unless_it_has_changed_since()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        MemberId[] members =
        [
            await host.RegisterAsync(1), await host.RegisterAsync(2), await host.RegisterAsync(3),
            await host.RegisterAsync(4),
        ];
        var (soon, end, later) = (host.Now.AddDays(20), host.Now.AddDays(60), host.Now.AddDays(90));
        await host.CommandAsync(members[1], new MemberCommand.GrantTier("gold", soon, "birthday"), "g1");
        await host.CommandAsync(members[2], new MemberCommand.GrantTier("gold", later, "wedding"), "g2");
        var before = await Task.WhenAll(members.Select(host.ReadAsync));
        var id = await OpenAsync(
            host,
            [
                .. members.Select((member, row) => new BatchRow(
                    row + 2, member, BatchAction.Tier, "gold", 0, end)),
                new(6, members[0], BatchAction.Tier, "base", 0, end),
            ]);

        await DecideAsync(host, id, BatchVerb.Approve);
        var done = await EndsAsync(host, id, BatchStatus.Done);
        Assert.Equal(
            [(4, "unchanged"), (6, "tier_earned")],
            done.Refused.Lines.Select(row => (row.Line, row.Code)));
        Assert.Equal(end, (await host.ReadAsync(members[1])).Tier!.Until);
        await host.CommandAsync(members[3], new MemberCommand.GrantTier("gold", later, "a friend"), "g3");
        await DecideAsync(host, id, BatchVerb.Undo);
        var undone = await EndsAsync(host, id, BatchStatus.Undone);

        Assert.Equal((5, "invalid_tier_grant"), KeptOf(undone.Kept));
        for (var i = 0; i < 3; i++)
            Assert.Equal(before[i].Tier, (await host.ReadAsync(members[i])).Tier);
        Assert.Equal(later, (await host.ReadAsync(members[3])).Tier!.Until);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_list_under_way_says_how_fast_it_goes_and_how_long_the_rest_takes()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var id = await OpenAsync(host, Rows([member], 1_000));
        await DecideAsync(host, id, BatchVerb.Approve);
        Assert.Null((await ReadAsync(host, id)).Rate);
        await host.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();
        host.Time.Advance(TimeSpan.FromSeconds(4));
        await host.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();

        var view = await ReadAsync(host, id);

        Assert.Equal((128, 488), (view.Rate, view.Left));
        while ((await ReadAsync(host, id)).Status == BatchStatus.Running)
            await host.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();
        Assert.Null((await ReadAsync(host, id)).Rate);
    }

    [Fact]
    public async Task Lists_are_shown_as_they_stand_although_those_that_have_ended_are_remembered()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var first = await OpenAsync(host, Rows([member], 3));
        var second = await OpenAsync(host, Rows([member], 5));
        await DecideAsync(host, first, BatchVerb.Approve);
        await EndsAsync(host, first, BatchStatus.Done);

        Assert.Equal([(second, BatchStatus.Waiting), (first, BatchStatus.Done)], await StandAsync(host));
        await DecideAsync(host, second, BatchVerb.Decline);
        await DecideAsync(host, first, BatchVerb.Undo);
        await EndsAsync(host, first, BatchStatus.Undone);

        Assert.Equal([(second, BatchStatus.Declined), (first, BatchStatus.Undone)], await StandAsync(host));
        Assert.Equal([(second, BatchStatus.Declined), (first, BatchStatus.Undone)], await StandAsync(host));
        Assert.Equal(first, Assert.Single(await Desk(host).ListAsync(BatchStatus.Undone)).Id);
    }

    [Fact]
    public async Task What_nobody_approves_within_seven_days_is_declined()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var id = await OpenAsync(host, Rows([member], 1));

        host.Time.Advance(BatchGrain.WaitsFor);
        var declined = await EndsAsync(host, id, BatchStatus.Declined);

        Assert.Equal(BatchRefusal.NotNow, (await DecideAsync(host, id, BatchVerb.Approve)).Refusal);
        Assert.Equal(0, await host.BalanceAsync(member));
        Assert.NotNull(declined.Because);
    }

    /// <summary>The member has what it could get of the list's first page; the list does not know.</summary>
    private static async Task<(string Id, MemberId Member)> DieBeforeThePageIsNotedAsync(
        MemoryJournal journal, ManualTime time, int rows)
    {
        var mortal = new MortalJournal(journal);
        await using var host = await EngineHost.StartAsync(mortal, time);
        var member = await host.RegisterAsync(1);
        var id = await OpenAsync(host, Rows([member], rows));
        await DecideAsync(host, id, BatchVerb.Approve);
        mortal.DieAt(1, takesLast: false);
        Assert.NotNull(await Record.ExceptionAsync(host.Engine.Grains.GetGrain<IBatchGrain>(id).Poke));
        return (id, member);
    }

    /// <summary>Ten points for each of the members in turn.</summary>
    private static ImmutableArray<BatchRow> Rows(MemberId[] members, int count) =>
    [
        .. Enumerable.Range(0, count).Select(row => new BatchRow(
            row + 2, members[row % members.Length], BatchAction.Adjust, "points", 10, null)),
    ];

    private static BatchDesk Desk(EngineHost host) => host.Engine.Services.GetRequiredService<BatchDesk>();

    private static async Task<string> OpenAsync(EngineHost host, ImmutableArray<BatchRow> rows)
    {
        var (id, view) = await Desk(host).OpenAsync(host.Call(), "sorry", rows, [], fourEyes: false);
        Assert.Equal((BatchStatus.Waiting, rows.Length), (view!.Status, view.Good));
        return id;
    }

    private static async Task<BatchAnswer> DecideAsync(
        EngineHost host, string id, BatchVerb verb, bool dryRun = false) =>
        await Desk(host).DecideAsync(id, new(verb, "boss", "a mistake", false, dryRun));

    /// <summary>The one row of which not all could be taken back.</summary>
    private static (int Line, string Code) KeptOf(BatchFaults kept)
    {
        var row = Assert.Single(kept.Lines);
        return (row.Line, row.Code);
    }

    private static async Task<(string, BatchStatus)[]> StandAsync(EngineHost host) =>
        [.. (await Desk(host).ListAsync(null)).Select(list => (list.Id, list.View.Status))];

    private static async Task<BatchView> ReadAsync(EngineHost host, string id) =>
        (await Desk(host).ReadAsync(id))!;

    private static async Task<BatchView> EndsAsync(EngineHost host, string id, BatchStatus status)
    {
        await Waiting.ForAsync(async () => (await ReadAsync(host, id)).Status == status);
        return await ReadAsync(host, id);
    }
}
