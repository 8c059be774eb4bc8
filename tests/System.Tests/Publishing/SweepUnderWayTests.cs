using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Publishing;

/// <summary>What happens around a sweep that is not over yet.</summary>
public sealed class SweepUnderWayTests
{
    [Fact]
    public async Task A_sweep_that_a_crash_cut_short_is_finished_after_the_next_start()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        var members = new List<MemberId>();
        var broken = new SlowJournal(SqliteJournal.Open(folder.Path));
        await using (var host = await SweepHost.StartAsync(broken, time, background: true))
        {
            for (var phone = 0; phone < 20; phone++)
                members.Add(await host.RegisterAsync(phone));
            broken.FailAfter = 5;
            await host.PublishAsync(SweepHost.Away);
            await Waiting.ForAsync(() => broken.Failed > 0);
            Assert.Equal(5, (await DueAsync(host)).Count);
        }

        await using (var host = await SweepHost.StartAsync(
            SqliteJournal.Open(folder.Path), time, background: true))
        {
            await host.UntilAsync(async () => (await DueAsync(host)).Count == 20);
            foreach (var member in members)
                Assert.Equal(1, await host.EntriesAsync(member));
            time.Advance(TimeSpan.FromDays(31));
            foreach (var member in members)
                await host.UntilAsync(async () => (await host.AlertsAsync(member)).Length > 0);
            await host.AssertCleanAsync();
        }
    }

    [Fact]
    public async Task A_store_that_fails_for_a_moment_is_tried_again_in_a_minute()
    {
        var journal = new SlowJournal(new MemoryJournal());
        await using var host = await SweepHost.StartAsync(journal, background: true);
        await host.RegisterAsync(1);
        journal.FailAfter = 0;
        await host.PublishAsync(SweepHost.Away);
        await Waiting.ForAsync(() => journal.Failed > 0);

        journal.FailAfter = int.MaxValue;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.UntilAsync(async () => (await DueAsync(host)).Count == 1);
    }

    [Fact]
    public async Task Purchases_are_answered_while_a_sweep_is_under_way_and_keep_their_rows()
    {
        var journal = new SlowJournal(new MemoryJournal());
        await using var host = await SweepHost.StartAsync(journal, background: true);
        var member = await host.RegisterAsync(1);
        journal.Hold();
        await host.PublishAsync(SweepHost.Away);
        await Waiting.ForAsync(() => journal.Waiting > 0);

        host.Time.Advance(TimeSpan.FromDays(3));
        await host.BuyAsync("p", 1);
        journal.Release();

        // What the sweep read is no longer so: the purchase has armed the row itself.
        await Waiting.ForAsync(() => journal.Done > 0);
        var row = Assert.Single(await DueAsync(host));
        Assert.Equal((member.Value, Midnight(12, 11)), (row.Grain.Id, row.At));
    }

    [Fact]
    public async Task A_publish_in_the_middle_of_a_sweep_ends_it_and_the_next_one_does_it_all()
    {
        var journal = new SlowJournal(new MemoryJournal());
        await using var host = await SweepHost.StartAsync(journal);
        for (var phone = 0; phone < 20; phone++)
            await host.RegisterAsync(phone);
        await host.PublishAsync(SweepHost.Away);
        journal.Hold();
        var sweep = host.Sweep.SweepAsync(default);
        await Waiting.ForAsync(() => journal.Waiting > 0);

        await host.PublishAsync(
            SweepHost.Away + "\n" + SweepHost.Away.Replace("away:", "soon:", StringComparison.Ordinal)
                .Replace("30d", "10d", StringComparison.Ordinal));
        journal.Release();

        Assert.True(await sweep < 20);
        Assert.Equal(20, await host.Sweep.SweepAsync(default));
        Assert.All(await DueAsync(host), row => Assert.Equal(Midnight(11, 18), row.At));
        Assert.Equal(0, await host.Sweep.SweepAsync(default));
    }

    private static DateTimeOffset Midnight(int month, int day) =>
        new(2026, month, day, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>All due rows; they stay free.</summary>
    private static ValueTask<IReadOnlyList<DueGrain>> DueAsync(SweepHost host) =>
        host.Journal.ClaimDueAsync(host.Now.AddYears(9), 1_000, host.Now);
}
