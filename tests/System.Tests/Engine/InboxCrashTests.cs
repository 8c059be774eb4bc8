using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Silo.Serve;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>
/// What was taken into the inbox reaches the journal exactly once and in the order of its subject, whatever
/// fails and whenever the silo stops.
/// </summary>
public sealed class InboxCrashTests
{
    private const int People = 5;

    private static readonly InboxOptions Narrow = new() { Window = 8 };

    [Fact]
    public async Task Restarts_in_the_middle_lose_nothing_double_nothing_and_keep_the_order()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        var (number, left) = (0, 0L);
        for (var life = 0; life < 4; life++)
        {
            await using var host = await StartAsync(folder, time);
            left += host.Engine.Set.Inbox.Waiting;
            if (life == 0)
                await RegisterAllAsync(host);
            await QueueAsync(host, ref number, 300);
        }

        Assert.NotEqual(0, left);

        await using var last = await StartAsync(folder, time);
        await last.DeliveredAsync();
        await AssertInOrderAsync(last, number);
    }

    [Fact]
    public async Task A_store_that_fails_holds_the_delivery_up_and_nothing_else()
    {
        await using var host = await EngineHost.StartAsync(
            new MemoryJournal(), new ManualTime(), background: true, inbox: Narrow);
        await RegisterAllAsync(host);
        host.Store.FailBefore(60);

        var number = 0;
        await QueueAsync(host, ref number, 100);
        host.Store.FailInboxAfter(2);
        await host.DeliveredAsync();

        await AssertInOrderAsync(host, number);
    }

    [Fact]
    public async Task A_delivery_that_was_not_noted_is_made_again_and_counts_once()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var unsettled = new NeverSettling(journal);
        await using (var host = await EngineHost.StartAsync(unsettled, time, background: true))
        {
            await RegisterAllAsync(host);
            var number = 0;
            await QueueAsync(host, ref number, 20);
            foreach (var i in Enumerable.Range(1, 20))
                await Waiting.ForAsync(async () => (await host.AskAsync($"p{i}"))!.Status
                    == EventStatus.Accepted);
            Assert.Equal(20, await journal.CountInboxAsync());
        }

        await using var next = await EngineHost.StartAsync(journal, time, background: true);
        await next.DeliveredAsync();
        await AssertInOrderAsync(next, 20);
    }

    [Fact]
    public async Task A_write_of_the_inbox_that_failed_late_is_delivered_all_the_same_and_counts_once()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var bytes = Till.Purchase("p", Till.Phone(1), 5, host.Now);

        host.Store.FailInboxAfter();
        var failed = await host.QueueAsync(bytes);
        var again = await host.QueueAsync(bytes);
        await host.DeliveredAsync();

        Assert.Equal("try_again", failed.Refusal?.Code);
        Assert.Equal(EventStatus.Queued, again.Status);
        Assert.Equal(5, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task An_event_that_something_is_broken_for_lets_others_pass_and_is_tried_at_the_next_start()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await EngineHost.StartAsync(new Breaking(journal), time, background: true))
        {
            await RegisterAllAsync(host);
            await host.QueueAsync(Purchase(host, 1, Breaking.Poison));
            await host.QueueAsync(Purchase(host, 1, "behind"));
            await Waiting.ForAsync(async () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                return (await host.AskAsync("behind"))!.Status == EventStatus.Accepted;
            });
            Assert.Equal(EventStatus.Queued, (await host.AskAsync(Breaking.Poison))!.Status);
            await Waiting.ForAsync(() => host.Engine.Set.Inbox.Waiting == 1);
            var said = await new InboxProbe(
                host.Engine.Set.Inbox, host.Engine.Services.GetRequiredService<InboxDelivery>())
                .CheckAsync(default);
            Assert.True(said.IsReady);
            Assert.StartsWith("1 of at most", said.Details[0].ToString(), StringComparison.Ordinal);
            Assert.StartsWith("1 of them could not", said.Details[1].ToString(), StringComparison.Ordinal);
        }

        await using var next = await EngineHost.StartAsync(journal, time, background: true);
        await next.DeliveredAsync();
        Assert.Equal(EventStatus.Accepted, (await next.AskAsync(Breaking.Poison))!.Status);
    }

    [Fact]
    public async Task An_event_that_stays_broken_is_refused_after_a_week()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await EngineHost.StartAsync(journal, time))
        {
            await RegisterAllAsync(host);
            await host.QueueAsync(Purchase(host, 1, Breaking.Poison));
        }

        time.Advance(TimeSpan.FromDays(8));
        await using var next = await EngineHost.StartAsync(new Breaking(journal), time, background: true);
        await next.DeliveredAsync();
        Assert.Equal("internal_error", (await next.AskAsync(Breaking.Poison))!.Refusal?.Code);
    }

    private static Task<EngineHost> StartAsync(TempFolder folder, ManualTime time) =>
        EngineHost.StartAsync(SqliteJournal.Open(folder.Path), time, background: true, inbox: Narrow);

    private static async Task RegisterAllAsync(EngineHost host)
    {
        for (var phone = 1; phone <= People; phone++)
            await host.RegisterAsync(phone);
    }

    private static byte[] Purchase(EngineHost host, int phone, string id) =>
        Till.Purchase(id, Till.Phone(phone), 1, host.Now);

    /// <summary>Numbered purchases of all people in turn, sent without waiting for answers.</summary>
    private static Task QueueAsync(EngineHost host, ref int number, int count)
    {
        var answers = Enumerable.Range(number + 1, count)
            .Select(i => host.QueueAsync(Purchase(host, (i % People) + 1, $"p{i}"))).ToArray();
        number += count;
        return AssertQueuedAsync(answers);
    }

    private static async Task AssertQueuedAsync(Task<EventAnswer>[] answers) =>
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(EventStatus.Queued, answer.Status));

    private static async Task AssertInOrderAsync(EngineHost host, int count)
    {
        for (var phone = 1; phone <= People; phone++)
        {
            var found = await host.Engine.Desk.FindAsync(Till.Phone(phone), default);
            var bought = (await host.HistoryAsync(found.Member!.Value))
                .Select(entry => entry.Body.Command)
                .OfType<MemberCommand.RecordEvent>().Select(command => command.Event.Id);
            var sent = Enumerable.Range(1, count).Where(i => (i % People) + 1 == phone).Select(i => $"p{i}");
            Assert.Equal(sent, bought);
        }

        await host.AssertCleanAsync();
    }

    /// <summary>A silo that dies before it notes what it has delivered.</summary>
    private sealed class NeverSettling(IJournal inner) : ForwardingJournal(inner)
    {
        public override ValueTask SettleInboxAsync(
            IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default) =>
            throw new IOException("The disk failed.");
    }

    /// <summary>A build with a fault that one event meets.</summary>
    private sealed class Breaking(IJournal inner) : ForwardingJournal(inner)
    {
        public const string Poison = "poison";

        public override ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default) =>
            key == EventKey.ForReceipt("noodles", "R" + Poison)
                ? throw new InvalidOperationException("Nobody thought of this.")
                : Inner.FindKeyAsync(key, cancel);
    }
}
