using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;

namespace MallVip.System.Tests.Engine;

/// <summary>What waits long: how it is decided in the end, and what it costs meanwhile.</summary>
public sealed class InboxBacklogTests
{
    private const string Double = """
        ruleset: test
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid * 2 }
        """;

    [Fact]
    public async Task A_publish_that_comes_after_an_event_does_not_decide_it()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await EngineHost.StartAsync(journal, time))
        {
            await host.RegisterAsync(1);
            await host.QueueAsync(Till.Purchase("before", Till.Phone(1), 5, host.Now));
        }

        await using var next = await EngineHost.StartAsync(
            journal, time, background: true, TestProgramme.With(Double));
        await next.QueueAsync(Till.Purchase("after", Till.Phone(1), 5, next.Now));
        await next.DeliveredAsync();

        Assert.Equal((5, 10), (await PointsAsync(next, "before"), await PointsAsync(next, "after")));
    }

    [Fact]
    public async Task An_event_read_by_a_version_that_is_lost_is_decided_by_the_one_in_force()
    {
        var time = new ManualTime();
        await using var host = await EngineHost.StartAsync(
            new Forgetful(new MemoryJournal()), time, background: true);
        await host.RegisterAsync(1);

        await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 7, host.Now));
        await host.DeliveredAsync();

        Assert.Equal(7, await PointsAsync(host, "p"));
    }

    [Fact]
    public async Task A_backlog_is_read_no_further_than_can_be_delivered()
    {
        const int Waiting = 3_000;
        var journal = new Counting(new MemoryJournal());
        var time = new ManualTime();
        await using (var host = await EngineHost.StartAsync(journal, time))
        {
            await host.RegisterAsync(1);
            await Task.WhenAll(Enumerable.Range(1, Waiting).Select(
                i => host.QueueAsync(Till.Purchase($"p{i}", Till.Phone(1), 1, host.Now))));
        }

        await using var next = await EngineHost.StartAsync(
            journal, time, background: true, inbox: new() { Window = 8 });
        next.Store.Hold();
        await next.Store.Begun.WaitAsync(EngineHost.Patience);
        var read = journal.Read;
        next.Store.Release();
        await next.DeliveredAsync();

        Assert.InRange(read, 1, 1_000);
        Assert.Equal(Waiting, journal.Read);
    }

    private static async Task<long> PointsAsync(EngineHost host, string id) =>
        (await host.AskAsync(id))!.Outcome!.Lines.Single(line => line.Wallet == "points").Points.Value;

    /// <summary>Does not know any more by which version an event was read.</summary>
    private sealed class Forgetful(IJournal inner) : ForwardingJournal(inner)
    {
        public override ValueTask PutInboxAsync(
            IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default) =>
            Inner.PutInboxAsync(
                [.. rows.Select(row => row with { RulesVersion = new string('0', 64) })], cancel);
    }

    /// <summary>Counts the rows that are read out of the inbox.</summary>
    private sealed class Counting(IJournal inner) : ForwardingJournal(inner, owns: false)
    {
        public int Read { get; private set; }

        public override async ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
            long after, int max, CancellationToken cancel = default)
        {
            var rows = await Inner.ReadInboxAsync(after, max, cancel);
            Read += rows.Count;
            return rows;
        }
    }
}
