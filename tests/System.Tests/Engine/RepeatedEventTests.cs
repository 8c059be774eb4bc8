using MallVip.Grains.Intake;

namespace MallVip.System.Tests.Engine;

/// <summary>One event, one effect, whatever member it names and however often it comes.</summary>
public sealed class RepeatedEventTests
{
    [Fact]
    public async Task An_event_sent_a_hundred_times_at_once_is_accepted_once_and_answered_the_same_each_time()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var bytes = Till.Purchase("p", Till.Phone(1), 7, host.Now, "beauty-hall");

        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(i => host.SendAsync(bytes)));

        Assert.Single(answers, answer => answer.Status == EventStatus.Accepted);
        Assert.Equal(99, answers.Count(answer => answer.Status == EventStatus.Duplicate));
        Assert.Single(answers.Select(Outcomes.Text).Distinct());
        Assert.Equal(7, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task The_same_id_for_two_members_at_once_reaches_one_of_them_only()
    {
        await using var host = await EngineHost.StartAsync();
        var (ann, bob) = (await host.RegisterAsync(1), await host.RegisterAsync(2));

        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(i =>
            host.SendAsync(Till.Purchase("p", Till.Phone(1 + (i % 2)), 7, host.Now))));

        Assert.Single(answers, answer => answer.Status == EventStatus.Accepted);
        Assert.Equal(49, answers.Count(answer => answer.Status == EventStatus.Duplicate));
        Assert.Equal(50, answers.Count(answer => answer.Refusal?.Code == "event_id_reused"));
        Assert.Equal(7, await host.BalanceAsync(ann) + await host.BalanceAsync(bob));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_repeat_of_an_event_that_waited_for_its_member_gets_the_outcome_it_had_there()
    {
        await using var host = await EngineHost.StartAsync();
        await host.BuyAsync("p", 1, 7, "beauty-hall");
        var waiting = await host.BuyAsync("p", 1, 7, "beauty-hall");
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("q", 1, 50);

        var repeat = await host.BuyAsync("p", 1, 7, "beauty-hall");
        var forged = await host.BuyAsync("p", 1, 8, "beauty-hall");

        Assert.Equal((EventStatus.Duplicate, null), (waiting.Status, waiting.Outcome));
        Assert.Equal((EventStatus.Duplicate, member), (repeat.Status, repeat.Member));
        var ledger = (await host.HistoryAsync(member))[1].Body;
        Assert.Equal(Outcomes.Text(Rules.Journaling.Outcome.From(ledger)), Outcomes.Text(repeat));
        Assert.Equal("event_id_reused", forged.Refusal?.Code);
    }

    [Fact]
    public async Task A_repeat_of_an_event_given_to_another_member_says_whose_it_is()
    {
        await using var host = await EngineHost.StartAsync();
        var ann = await host.RegisterAsync(1);
        await host.BuyAsync("p", 2, 7);
        await host.Engine.Desk.ClaimEventAsync("till", "p", ann, host.Call(), default);

        var unclaimed = await host.BuyAsync("p", 2, 7);
        await host.RegisterAsync(2);
        var claimed = await host.BuyAsync("p", 2, 7);

        Assert.Equal((EventStatus.Duplicate, ann), (unclaimed.Status, unclaimed.Member));
        Assert.Equal((EventStatus.Duplicate, ann), (claimed.Status, claimed.Member));
        Assert.Contains("points:7+0", Outcomes.Text(unclaimed), StringComparison.Ordinal);
        Assert.Equal(Outcomes.Text(unclaimed), Outcomes.Text(claimed));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_refused_by_name()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 7);

        var other = await host.BuyAsync("p", 1, 8);

        Assert.Equal("event_id_reused", other.Refusal?.Code);
        Assert.Equal(7, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task One_receipt_under_many_event_ids_at_once_counts_once()
    {
        await using var host = await EngineHost.StartAsync();
        var (ann, bob) = (await host.RegisterAsync(1), await host.RegisterAsync(2));

        var answers = await Task.WhenAll(Enumerable.Range(1, 60).Select(i =>
            host.SendAsync(Till.Purchase($"p{i}", Till.Phone(1 + (i % 2)), 7, host.Now, receipt: "R-1"))));

        Assert.Single(answers, answer => answer.Status == EventStatus.Accepted);
        Assert.Equal(59, answers.Count(answer => answer.Refusal?.Code == "receipt_known"));
        Assert.Equal(7, await host.BalanceAsync(ann) + await host.BalanceAsync(bob));
    }

    [Fact]
    public async Task A_rejected_event_leaves_its_id_and_its_receipt_free()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        var early = await host.SendAsync(
            Till.Purchase("p", Till.Phone(1), 7, host.Now.AddHours(1), receipt: "R"));
        var right = await host.SendAsync(Till.Purchase("p", Till.Phone(1), 7, host.Now, receipt: "R"));

        Assert.Equal(EventStatus.Rejected, early.Status);
        Assert.Equal(EventStatus.Accepted, right.Status);
        Assert.Equal(7, await host.BalanceAsync(member));
    }
}
