using MallVip.Grains.Due;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>What time brings, through the due table, the worker and the grains. The clock begins on Sunday,
/// 8 November 2026, at 08:00 in Shanghai.</summary>
public sealed class DueWorkTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 9, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task Pending_points_become_active_at_midnight_and_not_before()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100, "beauty-hall");
        Assert.Equal(10, (await host.ReadAsync(member)).FindWallet("later")!.Pending.Value);

        var active = Midnight.AddDays(2);
        GoTo(host, active.AddSeconds(-1));
        Assert.Equal(10, (await host.ReadAsync(member)).FindWallet("later")!.Pending.Value);
        GoTo(host, active);
        await host.UntilAsync(member, state => state.FindWallet("later")!.Pending.Value == 0);

        Assert.Equal(10, await host.BalanceAsync(member, "later"));
        var entry = (await host.HistoryAsync(member)).Single(Has<Fact.Activated>);
        Assert.InRange(entry.At - active, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Points_lapse_at_the_end_of_their_last_day()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);

        var end = Midnight.AddDays(30);
        GoTo(host, end.AddSeconds(-1));
        Assert.Equal(100, await host.BalanceAsync(member));
        GoTo(host, end);
        await host.UntilAsync(member, state => state.FindWallet("points")!.Balance.Value == 0);

        Assert.Equal(100, (await host.ReadAsync(member)).FindWallet("points")!.Expired.Value);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_birthday_comes_once_a_year()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId member;
        DueMeter meter;
        await using (var first = await EngineHost.StartAsync(journal, time, background: true))
        {
            meter = first.Engine.Services.GetRequiredService<DueMeter>();
            member = await first.RegisterAsync(1, birthday: "1990-11-10");
            GoTo(first, Midnight.AddDays(1));
            await first.UntilAsync(member, state => state.FindWallet("points")?.Balance.Value == 88);
        }

        Assert.Equal(1, meter.Fired);
        time.Advance(TimeSpan.FromDays(365));
        await using var host = await EngineHost.StartAsync(journal, time, background: true);
        await host.UntilAsync(member, state => state.FindWallet("points")!.Earned.Value == 176);

        Assert.Equal(2, (await host.HistoryAsync(member)).Count(Has<Fact.Fired>));
        Assert.Equal(88, (await host.ReadAsync(member)).FindWallet("points")!.Expired.Value);
    }

    [Fact]
    public async Task A_tag_ends_by_itself()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100, "beauty-hall");
        Assert.Contains((await host.ReadAsync(member)).Tags, tag => tag.Tag == "fan");

        GoTo(host, host.Now.AddDays(6));
        await host.UntilAsync(member, state => state.Tags.IsEmpty);

        Assert.Single(await host.HistoryAsync(member), Has<Fact.TagRemoved>);
    }

    [Fact]
    public async Task A_tier_ends_when_its_validity_does_and_nothing_renews_it()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var answer = await host.BuyAsync("p", 1, 100_000);
        Assert.Equal("gold", answer.Outcome!.TierAfter);

        GoTo(host, host.Now.AddDays(40));
        await host.UntilAsync(member, state => state.Tier?.Tier == "base");

        Assert.Contains(
            (await host.HistoryAsync(member)).SelectMany(entry => entry.Body.Facts)
                .OfType<Fact.TierChanged>(),
            changed => changed is { From: "gold", To: "base", Cause: "validity" });
    }

    [Fact]
    public async Task A_member_has_one_due_row_at_its_earliest_work_and_none_when_nothing_is_left()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        Assert.Null(await host.Store.NextDueAsync());
        await host.BuyAsync("p", 1, 100, "beauty-hall");
        await host.BuyAsync("q", 1, 100, "beauty-hall");

        var rows = await host.Store.ClaimDueAsync(host.Now.AddYears(1), 10, host.Now);
        Assert.Single(rows);
        Assert.Equal(Midnight.AddDays(2).ToUniversalTime(), rows[0].At);

        host.Time.Advance(TimeSpan.FromDays(100));
        await host.Member(member).Poke();
        Assert.Null(await host.Store.NextDueAsync());
    }

    [Fact]
    public async Task Stale_pokes_change_nothing_and_write_at_most_one_entry()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100, "beauty-hall");
        var before = await host.ReadAsync(member);
        var entries = (await host.HistoryAsync(member)).Length;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.Member(member).Poke()));

        Assert.Equal(Json(before), Json(await host.ReadAsync(member)));
        Assert.InRange((await host.HistoryAsync(member)).Length, entries, entries + 1);
        Assert.Equal(Midnight.AddDays(2).ToUniversalTime(), await host.Store.NextDueAsync());
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_row_that_is_too_early_is_poked_once_and_moved_not_poked_for_ever()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);
        // Everything is spent before it lapses: the row stays, the work is gone.
        await host.CommandAsync(member, new MemberCommand.Spend("points", new(100), "gift"));

        GoTo(host, Midnight.AddDays(31));
        await Waiting.ForAsync(async () => await host.Store.NextDueAsync() is null);
        var entries = (await host.HistoryAsync(member)).Length;
        GoTo(host, Midnight.AddDays(32));

        Assert.Equal(entries, (await host.HistoryAsync(member)).Length);
    }

    [Fact]
    public async Task An_outage_of_a_day_is_caught_up_in_the_order_of_time()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        await using (var before = await EngineHost.StartAsync(journal, time))
        {
            await before.RegisterAsync(1, birthday: "1990-11-10");
            await before.BuyAsync("p", 1, 100, "beauty-hall");
        }

        time.Advance(TimeSpan.FromDays(90));
        await using var host = await EngineHost.StartAsync(journal, time, background: true);
        var member = (await host.Engine.Desk.FindAsync(Till.Phone(1), default)).Member!.Value;
        await host.UntilAsync(member, state => state.Lots.IsEmpty);

        var kinds = (await host.HistoryAsync(member))[^1].Body.Facts
            .Select(fact => fact.GetType().Name).Where(name => name is not "Earned");
        Assert.Equal(["Fired", "Activated", "TagRemoved", "Expired", "Expired", "Expired", "Expired"], kinds);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_spend_before_the_timer_has_run_cannot_use_what_has_lapsed()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);
        host.Time.Advance(TimeSpan.FromDays(60));

        var spend = await host.CommandAsync(member, new MemberCommand.Spend("points", new(1), "gift"));

        Assert.Equal("insufficient_points", spend.Refusal?.Code);
    }

    [Fact]
    public async Task Five_hundred_members_whose_points_lapse_at_once_are_all_served()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var members = await Task.WhenAll(Enumerable.Range(1, 500).Select(i => host.RegisterAsync(i)));
        await Task.WhenAll(Enumerable.Range(1, 500).Select(i => host.BuyAsync($"p{i}", i, 1)));

        GoTo(host, Midnight.AddDays(30));
        foreach (var member in members)
            await host.UntilAsync(member, state => state.FindWallet("points")!.Balance.Value == 0);

        Assert.Null(await host.Store.NextDueAsync());
        await host.AssertCleanAsync();
    }

    private static void GoTo(EngineHost host, DateTimeOffset instant) =>
        host.Time.Advance(instant - host.Now);

    private static bool Has<TFact>(Grains.Members.HistoryEntry entry)
        where TFact : Fact => entry.Body.Facts.Any(fact => fact is TFact);

    private static string Json(MemberState state) =>
        global::System.Text.Encoding.UTF8.GetString(MemberSnapshot.Write(state));
}
