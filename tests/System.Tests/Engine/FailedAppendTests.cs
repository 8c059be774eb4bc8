using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>
/// A store that fails: what was decided on top of the failure goes with it, and nothing else.
/// </summary>
public sealed class FailedAppendTests
{
    [Fact]
    public async Task A_failed_append_takes_along_what_was_decided_on_top_of_it_and_nothing_else()
    {
        await using var host = await EngineHost.StartAsync();
        var (ann, bob) = (await host.RegisterAsync(1), await host.RegisterAsync(2));

        host.Store.Hold();
        var first = Adjust(host, ann, "a0");
        await host.Store.Begun.WaitAsync(EngineHost.Patience);
        var onTop = Enumerable.Range(1, 20).Select(i => Adjust(host, ann, $"a{i}")).ToArray();
        var aside = Enumerable.Range(1, 10).Select(i => Adjust(host, bob, $"b{i}")).ToArray();
        await host.UnderWayAsync(31);
        host.Store.FailBefore();
        host.Store.Release();

        Assert.Equal(AppendFailure.StoreFailed, await FailureOf(first));
        foreach (var call in onTop)
            Assert.Equal(AppendFailure.PredecessorFailed, await FailureOf(call));
        Assert.All(await Task.WhenAll(aside), answer => Assert.Equal(AnswerStatus.Accepted, answer.Status));
        Assert.Equal(0, await host.BalanceAsync(ann));
        Assert.Equal(10, await host.BalanceAsync(bob));

        var again = await Task.WhenAll(Enumerable.Range(0, 21).Select(i => Adjust(host, ann, $"a{i}")));
        Assert.All(again, answer => Assert.Equal(AnswerStatus.Accepted, answer.Status));
        Assert.Equal(21, await host.BalanceAsync(ann));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Callers_hear_nothing_of_a_failure_that_passes()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        for (var round = 1; round <= 20; round++)
        {
            host.Store.FailBefore();
            var purchases = await Task.WhenAll(
                Enumerable.Range(1, 10).Select(i => host.BuyAsync($"{round}-{i}", 1, 1)));
            Assert.All(purchases, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        }

        Assert.Equal(200, await host.BalanceAsync(member));
        Assert.Equal(201, (await host.HistoryAsync(member)).Length);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_store_that_stays_down_gives_try_again_and_the_same_event_succeeds_later()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        host.Store.FailBefore(1_000);
        var down = await host.BuyAsync("p", 1, 5);
        host.Store.FailBefore(0);
        var up = await host.BuyAsync("p", 1, 5);

        Assert.Equal("try_again", down.Refusal?.Code);
        Assert.Equal(EventStatus.Accepted, up.Status);
        Assert.Equal(5, await host.BalanceAsync(member));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_commit_that_happened_and_was_reported_failed_counts_once(int untellable)
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        host.Store.FailAfter(1, untellable);
        var answers = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(i => SendUntilAnswered(host, $"p{i}")));

        Assert.All(answers, answer => Assert.True(answer.Refusal is null, answer.Refusal?.Code));
        Assert.All(answers, answer => Assert.NotNull(answer.Outcome));
        Assert.Equal(20, await host.BalanceAsync(member));
        Assert.Equal(21, (await host.HistoryAsync(member)).Length);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_reading_waits_for_what_it_would_show()
    {
        await using var host = await EngineHost.StartAsync();
        var (ann, bob) = (await host.RegisterAsync(1), await host.RegisterAsync(2));

        host.Store.Hold();
        var purchase = host.BuyAsync("p", 1, 5);
        await host.Store.Begun.WaitAsync(EngineHost.Patience);
        var reading = host.ReadAsync(ann);
        for (var i = 0; i < 100; i++)
            await host.ReadAsync(bob);
        Assert.True(
            !reading.IsCompleted || (await reading).FindWallet("points") is null,
            "It showed what may still be lost.");
        host.Store.Release();

        await purchase;
        Assert.Equal(5, await host.BalanceAsync(ann));
    }

    [Fact]
    public async Task A_reading_never_shows_what_was_lost()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        host.Store.Hold();
        var lost = Adjust(host, member, "a");
        await host.Store.Begun.WaitAsync(EngineHost.Patience);
        var reading = host.Engine.Desk.ReadAsync(member, null, default);
        host.Store.FailBefore();
        host.Store.Release();

        await Assert.ThrowsAsync<AppendFailedException>(() => lost);
        Assert.Null((await reading)!.Snapshot.State.FindWallet("points"));
    }

    /// <summary>Straight to the grain: no retry stands in between.</summary>
    private static Task<MemberAnswer> Adjust(EngineHost host, MemberId member, string key) =>
        host.Member(member).Handle(new MemberRequest
        {
            Command = new MemberCommand.Adjust("points", new(1), "gift", null),
            Key = EventKey.ForCommand("test", key),
            Actor = "test",
        });

    private static async Task<AppendFailure> FailureOf(Task call) =>
        (await Assert.ThrowsAsync<AppendFailedException>(() => call)).Reason;

    private static async Task<EventAnswer> SendUntilAnswered(EngineHost host, string id)
    {
        var bytes = Till.Purchase(id, Till.Phone(1), 1, host.Now);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var answer = await host.SendAsync(bytes);
            if (answer.Refusal?.Code != "try_again")
                return answer;
        }

        throw new InvalidOperationException($"{id} was never answered.");
    }
}
