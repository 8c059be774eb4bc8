using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Points that a shopper uses at a till (erpnext 59050: they stayed in the account).</summary>
public sealed class UsedPointsTests
{
    [Fact]
    public async Task Are_deducted_once_though_the_till_retries_goes_silent_or_was_offline()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId member;
        byte[] retried, offline;
        await using (var host = await EngineHost.StartAsync(journal, time))
        {
            member = await host.RegisterAsync(1);
            await host.BuyAsync("p", 1, 100);
            (retried, offline) = (Using("a", 30, host.Now), Using("b", 20, host.Now));

            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.SendAsync(retried)));

            Assert.Single(answers, answer => answer.Status == EventStatus.Accepted);
            Assert.All(answers, answer => Assert.Equal(30, answer.Outcome!.Spent.Single().Points.Value));
            Assert.Equal(70, await host.BalanceAsync(member));
        }

        // The till heard nothing and asks the next process; what it kept while it was offline comes along.
        time.Advance(TimeSpan.FromDays(2));
        await using var next = await EngineHost.StartAsync(journal, time, background: true);
        Assert.Equal(EventStatus.Duplicate, (await next.SendAsync(retried)).Status);
        await next.QueueAsync(offline);
        await next.DeliveredAsync();
        Assert.Equal(EventStatus.Duplicate, (await next.SendAsync(offline)).Status);

        Assert.Equal(50, await next.BalanceAsync(member));
        await next.AssertCleanAsync();
    }

    private static byte[] Using(string id, int points, DateTimeOffset time) => Till.Event(
        id, "mall.purchase", Till.Phone(1), time,
        $$"""{"receipt":"R{{id}}","store":"noodles","paid":"0.00","pointsUsed":{{points}}}""");
}
