using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;

namespace MallVip.System.Tests.Engine;

/// <summary>Parallel writes to one member: none refused, none lost, and not one commit each.</summary>
public sealed class ParallelWritesTests
{
    [Fact]
    public async Task Five_hundred_parallel_purchases_of_one_member_all_count_in_a_few_commits()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var batches = host.Engine.Set.Writer.Stats.Batches;

        host.Store.Hold();
        var purchases = Enumerable.Range(1, 500)
            .Select(i => host.BuyAsync($"p{i}", 1, 1 + (i % 10))).ToArray();
        await host.UnderWayAsync(500);
        host.Store.Release();
        var answers = await Task.WhenAll(purchases);

        Assert.All(answers, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        Assert.Equal(50 * 55, await host.BalanceAsync(member));
        Assert.InRange(host.Engine.Set.Writer.Stats.Batches - batches, 1, 5);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Parallel_purchases_and_spends_of_one_member_add_up_and_never_go_below_zero()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        var purchases = Enumerable.Range(1, 300).Select(i => host.BuyAsync($"p{i}", 1, 10)).ToArray();
        var spends = Enumerable.Range(1, 200)
            .Select(i => host.CommandAsync(member, Spend(20))).ToArray();
        await Task.WhenAll(purchases);
        var answers = await Task.WhenAll(spends);
        var spent = answers.Count(answer => answer.Refusal is null);

        Assert.All(answers, answer => Assert.True(
            answer.Refusal is null or { Code: "insufficient_points" }, answer.Refusal?.Code));
        Assert.Equal(3_000 - (20 * spent), await host.BalanceAsync(member));
        var history = await host.HistoryAsync(member);
        var balances = history.SelectMany(entry => entry.Body.After.Wallets)
            .Select(wallet => wallet.Balance.Value);
        Assert.All(balances, balance => Assert.True(balance >= 0));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Points_cannot_be_spent_twice_by_asking_twice_at_once()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);

        var spends = await Task.WhenAll(Enumerable.Range(1, 50)
            .Select(i => host.CommandAsync(member, Spend(100))));

        Assert.Single(spends, spend => spend.Refusal is null);
        Assert.Equal(0, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task Of_two_spends_of_200_at_once_on_a_credit_of_200_one_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        var spends = await Task.WhenAll(Enumerable.Range(1, 2)
            .Select(i => host.CommandAsync(member, new MemberCommand.Spend("credit", new(200), "gift"))));

        Assert.Single(spends, spend => spend.Refusal is null);
        Assert.Equal(-200, await host.BalanceAsync(member, "credit"));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Of_holds_at_once_no_more_are_granted_than_there_are_points()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);

        var holds = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => host.CommandAsync(
            member, new MemberCommand.HoldPoints(
                $"h{i}", "points", new(30), host.Time.GetUtcNow().AddHours(1), null))));
        var captures = await Task.WhenAll(Enumerable.Range(1, 50).Select(
            i => host.CommandAsync(member, new MemberCommand.CaptureHold($"h{i}", null, "gift"))));

        Assert.Equal(3, holds.Count(hold => hold.Refusal is null));
        Assert.Equal(3, captures.Count(capture => capture.Refusal is null));
        Assert.Equal(10, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task One_spend_sent_a_hundred_times_at_once_is_done_once_and_answered_a_hundred_times()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 100);

        var spends = await Task.WhenAll(Enumerable.Range(1, 100)
            .Select(i => host.CommandAsync(member, Spend(30), "same")));

        Assert.Single(spends, spend => spend.Answer?.Status == AnswerStatus.Accepted);
        Assert.Equal(99, spends.Count(spend => spend.Answer?.Status == AnswerStatus.Duplicate));
        Assert.Single(spends.Select(Outcomes.Text).Distinct());
        Assert.Equal(70, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task A_member_that_was_put_away_in_between_goes_on_where_it_stood()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(1, 40).Select(i => host.BuyAsync($"r{round}-{i}", 1, 1)));
            host.Time.Advance(TimeSpan.FromHours(3));
            Assert.Equal(40 * round, await host.BalanceAsync(member));
        }

        await host.AssertCleanAsync();
    }

    private static MemberCommand.Spend Spend(int points) => new("points", new(points), "gift");
}
