using System.Text;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Events that are answered when they are durable and delivered afterwards.</summary>
public sealed class InboxTests
{
    [Fact]
    public async Task A_queued_event_is_delivered_and_its_outcome_can_be_asked()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);

        var answer = await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 5, host.Now));
        await host.DeliveredAsync();
        var outcome = await host.AskAsync("p");

        Assert.Equal((EventStatus.Queued, "till", "p"), (answer.Status, answer.Source, answer.Id));
        Assert.Equal((EventStatus.Accepted, member), (outcome!.Status, outcome.Member));
        Assert.Equal(5, Assert.Single(outcome.Outcome!.Lines).Points.Value);
        Assert.Equal(5, await host.BalanceAsync(member));
        Assert.Equal(0, host.Engine.Set.Inbox.Waiting);
        await host.AssertCleanAsync();
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("""{"specversion":"1.0","id":"p"}""", "invalid_event")]
    public async Task A_malformed_event_is_refused_at_once_and_does_not_wait(string json, string code)
    {
        await using var host = await EngineHost.StartAsync();

        var answer = await host.QueueAsync(Encoding.UTF8.GetBytes(json));

        Assert.Equal(code, answer.Refusal?.Code);
        Assert.Equal(0, await host.Store.CountInboxAsync());
    }

    [Fact]
    public async Task Until_it_is_delivered_it_is_said_to_wait_and_an_unknown_one_is_not_known()
    {
        await using var host = await EngineHost.StartAsync();

        await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 5, host.Now));

        Assert.Equal(EventStatus.Queued, (await host.AskAsync("p"))!.Status);
        Assert.Null(await host.AskAsync("q"));
    }

    [Fact]
    public async Task An_event_of_an_unknown_identity_ends_unclaimed_and_follows_the_claim()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 5, host.Now));
        await host.DeliveredAsync();
        Assert.Equal(EventStatus.Unclaimed, (await host.AskAsync("p"))!.Status);

        var member = await host.RegisterAsync(1);
        await host.UntilAsync(member, state => state.FindWallet("points")?.Balance.Value == 5);

        Assert.Equal(EventStatus.Accepted, (await host.AskAsync("p"))!.Status);
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_seven_days_and_then_forgotten()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        await host.RegisterAsync(1);
        await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 5, host.Now.AddDays(-31)));
        await host.DeliveredAsync();

        var refused = await host.AskAsync("p");
        host.Time.Advance(TimeSpan.FromDays(6));
        var later = await host.AskAsync("p");
        host.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal((EventStatus.Rejected, "time_too_old"), (refused!.Status, refused.Refusal?.Code));
        Assert.Equal(refused.Refusal, later!.Refusal);
        await Waiting.ForAsync(async () =>
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            return await host.AskAsync("p") is null;
        });
    }

    [Fact]
    public async Task Age_and_a_missing_time_go_by_the_arrival_not_by_the_delivery()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var arrived = time.GetUtcNow();
        MemberId member;
        await using (var host = await EngineHost.StartAsync(journal, time))
        {
            member = await host.RegisterAsync(1);
            var bytes = Till.Purchase("p", Till.Phone(1), 5, arrived.AddDays(-29));
            await host.QueueAsync(bytes);
            await host.QueueAsync(Till.WithoutTime(Till.Purchase("q", Till.Phone(1), 7, arrived)));
        }

        time.Advance(TimeSpan.FromDays(10));
        await using var next = await EngineHost.StartAsync(journal, time, background: true);
        await next.DeliveredAsync();

        Assert.Equal(EventStatus.Accepted, (await next.AskAsync("p"))!.Status);
        var expires = Assert.Single((await next.AskAsync("q"))!.Outcome!.Lines).ExpiresAt;
        Assert.InRange(expires!.Value, arrived.AddDays(30), arrived.AddDays(32));
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task A_repeat_counts_once_and_the_first_outcome_is_what_is_told()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var bytes = Till.Purchase("p", Till.Phone(1), 5, host.Now);
        await Task.WhenAll(host.QueueAsync(bytes), host.SendAsync(bytes), host.QueueAsync(bytes));
        await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 500, host.Now));
        await host.DeliveredAsync();

        var outcome = await host.AskAsync("p");

        Assert.Equal(5, Assert.Single(outcome!.Outcome!.Lines).Points.Value);
        Assert.Equal(5, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_full_inbox_refuses_and_takes_again_when_it_has_been_emptied()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await EngineHost.StartAsync(journal, time, inbox: new() { MaxWaiting = 2 }))
        {
            await host.RegisterAsync(1);
            for (var i = 0; i < 2; i++)
                await host.QueueAsync(Till.Purchase($"p{i}", Till.Phone(1), 5, host.Now));
            var full = await host.QueueAsync(Till.Purchase("p3", Till.Phone(1), 5, host.Now));
            Assert.Equal(("inbox_full", 503), (full.Refusal?.Code, full.Refusal?.Status));
        }

        await using var next = await EngineHost.StartAsync(
            journal, time, background: true, inbox: new() { MaxWaiting = 2 });
        await next.DeliveredAsync();
        await Waiting.ForAsync(() => next.Engine.Set.Inbox.Waiting == 0);
        var answer = await next.QueueAsync(Till.Purchase("p3", Till.Phone(1), 5, next.Now));
        Assert.Equal(EventStatus.Queued, answer.Status);
    }

    [Fact]
    public async Task Nothing_personal_lies_in_clear_while_an_event_waits_and_nothing_of_it_afterwards()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        await using (var host = await EngineHost.StartAsync(SqliteJournal.Open(folder.Path), time))
            await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 5, host.Now));
        Assert.DoesNotContain("13800000001", Content(folder), StringComparison.Ordinal);

        await using var next = await EngineHost.StartAsync(
            SqliteJournal.Open(folder.Path), time, background: true);
        await next.DeliveredAsync();
        Assert.Equal(EventStatus.Unclaimed, (await next.AskAsync("p"))!.Status);
    }

    [Fact]
    public async Task An_event_sealed_under_another_key_or_changed_on_disk_blocks_nobody()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var foreign = new InboxDraft(EventKey.ForEvent("till", "x"), host.Now, "till", "v1", new byte[100]);
        await host.Store.PutInboxAsync([foreign, foreign with { Body = new byte[3] }]);

        await host.QueueAsync(Till.Purchase("p", Till.Phone(1), 5, host.Now));

        await host.UntilAsync(member, state => state.FindWallet("points")?.Balance.Value == 5);
        await Waiting.ForAsync(async () => await host.Store.CountInboxAsync() == 2);
    }

    private static string Content(TempFolder folder) => string.Concat(
        from file in Directory.GetFiles(folder.Path, "journal.db*")
        select File.ReadAllText(file, Encoding.Latin1));
}
