using MallVip.Grains.Intake;

namespace MallVip.System.Tests.Engine;

/// <summary>Refunds that come before their purchase, in the whole engine.</summary>
public sealed class WaitingRefundTests
{
    [Fact]
    public async Task A_refund_before_its_purchase_is_answered_with_a_warning_and_settles_with_it()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        var early = await host.SendAsync(Refund(host, "b", "R1", 40));
        Assert.Equal(EventStatus.Accepted, early.Status);
        Assert.True(early.Outcome!.Waits);
        Assert.Equal("refund_waits", Assert.Single(early.Outcome.Warnings).Code);

        var bought = await host.SendAsync(Purchase(host, "p", "R1", 100));
        Assert.Equal(40, Assert.Single(bought.Outcome!.Reversed).Points.Value);
        Assert.Equal(60, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Repeats_of_both_change_nothing_and_say_what_was_said()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        byte[][] sent = [Refund(host, "b", "R1", 40), Purchase(host, "p", "R1", 100)];
        var first = new List<string>();
        foreach (var json in sent)
            first.Add(Outcomes.Text(await host.SendAsync(json)));

        for (var i = 0; i < 2; i++)
        {
            var again = await host.SendAsync(sent[i]);
            Assert.Equal(EventStatus.Duplicate, again.Status);
            Assert.Equal(first[i], Outcomes.Text(again));
        }

        Assert.Equal(60, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task Sent_at_once_in_any_order_every_pair_ends_the_same()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var sending = new List<Task<EventAnswer>>();
        for (var i = 0; i < 30; i++)
        {
            sending.Add(host.SendAsync(Refund(host, $"b{i}", $"R{i}", 40)));
            sending.Add(host.SendAsync(Purchase(host, $"p{i}", $"R{i}", 100)));
        }

        var answers = await Task.WhenAll(sending);
        Assert.All(answers, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        Assert.Equal(30 * 60, await host.BalanceAsync(member));
        Assert.Equal(30 * 40, answers.Sum(answer => answer.Outcome!.Reversed.Sum(back => back.Points.Value)));
        Assert.Empty((await host.ReadAsync(member)).Parked);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_refund_for_nobody_yet_waits_at_its_identity_and_then_for_its_purchase()
    {
        await using var host = await EngineHost.StartAsync();
        Assert.Equal(EventStatus.Unclaimed, (await host.SendAsync(Refund(host, "b", "R1", 40))).Status);
        var member = await host.RegisterAsync(1);
        await host.UntilAsync(member, state => state.Parked.Length == 1);

        await host.SendAsync(Purchase(host, "p", "R1", 100));
        Assert.Equal(60, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task A_dry_run_says_that_it_would_wait_and_leaves_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var dry = await host.Engine.Intake.AcceptAsync(
            Refund(host, "b", "R1", 40), new() { Actor = "till", DryRun = true }, default);
        Assert.Equal("refund_waits", Assert.Single(dry.Outcome!.Warnings).Code);
        Assert.Empty((await host.ReadAsync(member)).Parked);
        Assert.Single(await host.HistoryAsync(member));
    }

    [Fact]
    public async Task A_timer_gives_it_up_after_thirty_days()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.SendAsync(Refund(host, "b", "R1", 40));

        host.Time.Advance(TimeSpan.FromDays(30));
        await host.UntilAsync(member, state => state.Parked.IsEmpty);
        await host.AssertCleanAsync();
    }

    private static byte[] Refund(EngineHost host, string id, string receipt, int paid) =>
        Till.Refund(id, Till.Phone(1), paid, host.Now, "noodles", receipt);

    private static byte[] Purchase(EngineHost host, string id, string receipt, int paid) =>
        Till.Purchase(id, Till.Phone(1), paid, host.Now, "noodles", receipt);
}
