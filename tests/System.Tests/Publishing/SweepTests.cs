using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Runs;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Publishing;

/// <summary>Rules that time brings are published while the members sleep.</summary>
public sealed class SweepTests
{
    private const string Both = SweepHost.Away + "\n" + SweepHost.Birthday;

    [Fact]
    public async Task A_rule_on_absence_fires_for_a_member_who_sleeps_and_wrote_nothing_until_then()
    {
        await using var host = await SweepHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        Assert.Null(await host.Journal.NextDueAsync());

        await host.PublishAsync(SweepHost.Away);
        await host.UntilAsync(async () => await host.Journal.NextDueAsync() is not null);
        Assert.Equal(1, await host.EntriesAsync(member));
        host.Time.Advance(TimeSpan.FromDays(31));

        await host.UntilAsync(async () => (await host.AlertsAsync(member)).Length > 0);
        Assert.Equal(["away"], await host.AlertsAsync(member));
        Assert.Equal(2, await host.EntriesAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_birthday_rule_fires_on_the_next_birthday_of_a_member_who_sleeps_once()
    {
        await using var host = await SweepHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1, birthday: "11-20");

        await host.PublishAsync(SweepHost.Birthday);
        host.Time.Advance(TimeSpan.FromDays(13));

        await host.UntilAsync(async () => (await host.AlertsAsync(member)).Length > 0);
        host.Time.Advance(TimeSpan.FromDays(300));
        await host.Member(member).Poke();
        Assert.Equal(["birthday"], await host.AlertsAsync(member));
    }

    [Fact]
    public async Task A_version_that_takes_effect_later_is_swept_for_when_it_does()
    {
        await using var host = await SweepHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.PublishAsync(SweepHost.Away, at: host.Now.AddDays(10));
        Assert.Null(await host.Journal.NextDueAsync());

        host.Time.Advance(TimeSpan.FromDays(10));
        await host.UntilAsync(async () => await host.Journal.NextDueAsync() is not null);
        host.Time.Advance(TimeSpan.FromDays(21));

        await host.UntilAsync(async () => (await host.AlertsAsync(member)).Length > 0);
    }

    [Fact]
    public async Task Members_without_work_get_no_entry_and_no_row_and_an_earlier_row_stays()
    {
        await using var host = await SweepHost.StartAsync();
        var none = await host.RegisterAsync(1);
        var earlier = await host.RegisterAsync(2, birthday: "11-09");
        var before = await host.Journal.NextDueAsync();

        await host.PublishAsync(SweepHost.Lapse);
        Assert.Equal(2, await host.Sweep.SweepAsync(default));

        Assert.Equal(1, await host.EntriesAsync(none));
        Assert.Equal(1, await host.EntriesAsync(earlier));
        var rows = await host.Journal.ClaimDueAsync(host.Now.AddYears(9), 10, host.Now.AddYears(10));
        Assert.Equal((earlier.Value, before), (Assert.Single(rows).Grain.Id, rows[0].At));
    }

    [Fact]
    public async Task A_change_that_brings_nothing_earlier_looks_at_nobody()
    {
        await using var host = await SweepHost.StartAsync(rules: SweepHost.Away);
        await host.RegisterAsync(1);
        Assert.Equal(1, await host.Sweep.SweepAsync(default));

        await host.PublishAsync(SweepHost.Away.Replace("name: away", "name: gone", StringComparison.Ordinal));
        Assert.Equal(0, await host.Sweep.SweepAsync(default));
        await host.PublishAsync("");
        Assert.Equal(0, await host.Sweep.SweepAsync(default));
        await host.PublishAsync(SweepHost.Away);
        Assert.Equal(1, await host.Sweep.SweepAsync(default));
    }

    [Fact]
    public async Task Who_comes_after_the_start_of_an_empty_journal_is_not_looked_at()
    {
        var journal = new CountingJournal();
        await using var host = await SweepHost.StartAsync(journal, background: true, rules: SweepHost.Away);
        await host.RegisterAsync(1);

        Assert.Equal(0, await host.Sweep.SweepAsync(default));
        Assert.NotNull(await host.Journal.NextDueAsync());
        Assert.Equal(0, journal.Looked);
    }

    [Fact]
    public async Task Who_was_away_before_the_rule_is_not_told_but_is_after_the_next_absence()
    {
        await using var host = await SweepHost.StartAsync();
        var member = await host.RegisterAsync(1);
        host.Time.Advance(TimeSpan.FromDays(365));

        await host.PublishAsync(SweepHost.Away);
        await host.Sweep.SweepAsync(default);
        await host.PassAsync(100);
        Assert.Empty(await host.AlertsAsync(member));

        await host.BuyAsync("p1", 1);
        await host.PassAsync(31);
        Assert.Equal(["away"], await host.AlertsAsync(member));
    }

    [Fact]
    public async Task A_restart_does_not_forget_since_when_a_rule_has_been_there()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        await using (var host = await SweepHost.StartAsync(SqliteJournal.Open(folder.Path), time))
        {
            await host.RegisterAsync(1);
            time.Advance(TimeSpan.FromDays(365));
            await host.PublishAsync(SweepHost.Away);
        }

        await using (var host = await SweepHost.StartAsync(SqliteJournal.Open(folder.Path), time))
        {
            Assert.Equal(1, await host.Sweep.SweepAsync(default));
            Assert.Null(await host.Journal.NextDueAsync());
        }
    }

    [Fact]
    public async Task A_rule_that_was_taken_back_for_a_while_does_not_make_up_for_that_time()
    {
        await using var host = await SweepHost.StartAsync(rules: SweepHost.Away);
        var (early, late) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.PublishAsync("");
        host.Time.Advance(TimeSpan.FromDays(20));
        await host.BuyAsync("p", 2);
        host.Time.Advance(TimeSpan.FromDays(20));

        await host.PublishAsync(SweepHost.Away);
        await host.Sweep.SweepAsync(default);
        await host.PassAsync(40);

        Assert.Empty(await host.AlertsAsync(early));
        Assert.Equal(["away"], await host.AlertsAsync(late));
    }

    [Fact]
    public async Task Whom_the_corrected_zone_of_a_mall_reaches_again_is_not_told_again()
    {
        await using var host = await SweepHost.StartAsync(rules: Both);
        var member = await host.RegisterAsync(1, birthday: "11-20");
        await host.PassAsync(13);
        await host.PassAsync(30);
        Assert.Equal(["birthday", "away"], await host.AlertsAsync(member));

        await host.PublishAsync(Both, zone: "Asia/Bangkok");
        Assert.Equal(1, await host.Sweep.SweepAsync(default));
        await host.PassAsync(1);

        Assert.Equal(["birthday", "away"], await host.AlertsAsync(member));
    }

    [Fact]
    public async Task What_is_on_its_way_on_the_old_version_is_armed_for_the_new_one_too()
    {
        await using var host = await SweepHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var old = host.Programmes.Current.Version;
        await host.PublishAsync(SweepHost.Lapse);
        await host.Sweep.SweepAsync(default);
        Assert.Null(await host.Journal.NextDueAsync());

        var lapses = host.Now.AddDays(60);
        await host.Member(member).Handle(new MemberRequest
        {
            Command = new MemberCommand.Adjust("points", new(5), "by hand", lapses),
            Key = EventKey.ForCommand("test", "1"),
            Actor = "test",
            RulesVersion = old,
        });

        Assert.Equal(lapses.AddDays(-7), await host.Journal.NextDueAsync());
    }

    [Fact]
    public async Task A_member_of_an_open_run_is_left_alone_until_the_run_ends()
    {
        await using var host = await SweepHost.StartAsync(background: true);
        var runs = host.Engine.Services.GetRequiredService<OpenRuns>();
        var member = await host.RegisterAsync(1);
        using (var lease = runs.Join("import"))
            lease.Clock.Touch(member);
        await host.PublishAsync(SweepHost.Away);
        await host.UntilAsync(async () => await host.Journal.NextDueAsync() is not null);

        // Requests keep the run open.
        for (var day = 0; day < 40; day++)
        {
            using var lease = runs.Join("import");
            host.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(await host.AlertsAsync(member));
        runs.End("import");
        await host.UntilAsync(async () => (await host.AlertsAsync(member)).Length > 0);
    }

    [Fact]
    public async Task A_row_that_a_sweep_moved_and_nobody_needs_any_more_is_poked_once()
    {
        await using var host = await SweepHost.StartAsync();
        var member = await host.RegisterAsync(1, birthday: "11-09");
        await host.PassAsync(1);
        await host.PublishAsync(SweepHost.Away.Replace("30d", "2d", StringComparison.Ordinal));
        await host.Sweep.SweepAsync(default);
        await host.PublishAsync("");
        var entries = await host.EntriesAsync(member);

        // Somebody looks at the member all the time: the grain stays, and believes to know its row.
        for (var hour = 0; hour < 24; hour++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            await host.ReadAsync(member);
        }

        await host.PassAsync(0);
        Assert.Equal(entries + 1, await host.EntriesAsync(member));
        Assert.Empty(await host.Journal.ClaimDueAsync(host.Now.AddDays(1), 10, host.Now.AddDays(2)));
        Assert.Empty(await host.AlertsAsync(member));
    }

    private sealed class CountingJournal() : ForwardingJournal(new MemoryJournal())
    {
        private int _looked;

        public int Looked => Volatile.Read(ref _looked);

        public override ValueTask<IReadOnlyList<GrainKey>> GrainsAsync(
            int share, CancellationToken cancel = default)
        {
            Interlocked.Increment(ref _looked);
            return base.GrainsAsync(share, cancel);
        }
    }
}
