using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Points that wait until somebody confirms their receipt. The clock begins on Sunday, 8 November
/// 2026, at 08:00 in Shanghai.</summary>
public sealed class ConfirmTests
{
    [Fact]
    public async Task Of_twenty_confirmations_at_once_one_is_accepted_also_after_a_restart()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId member;
        await using (var first = await StartAsync(journal, time))
        {
            member = await first.RegisterAsync(1);
            await first.BuyAsync("p", 1, 70);
            await first.BuyAsync("q", 1, 140);
            Assert.Equal(30, (await first.ReadAsync(member)).FindWallet("slow")!.Pending.Value);
        }

        await using var host = await StartAsync(journal, time);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => host.CommandAsync(member, Confirm("Rp"), $"confirm-{i}")));

        Assert.Single(answers, answer => answer.Refusal is null);
        Assert.All(
            answers.Where(answer => answer.Refusal is not null),
            answer => Assert.Equal("no_such_points", answer.Refusal!.Code));
        Assert.Equal(10, await host.BalanceAsync(member, "slow"));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_nobody_confirms_lapses_by_the_clock()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime());
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 70);
        await host.BuyAsync("q", 1, 140);
        await host.CommandAsync(member, Confirm("Rq"));

        host.Time.Advance(TimeSpan.FromDays(20));
        await host.UntilAsync(member, state => state.FindWallet("slow")!.Pending.Value == 0);

        Assert.Equal(20, await host.BalanceAsync(member, "slow"));
        Assert.Equal(10, (await host.ReadAsync(member)).FindWallet("slow")!.Expired.Value);
        await host.AssertCleanAsync();
    }

    private static MemberCommand.ConfirmPurchase Confirm(string receipt) => new("noodles", receipt, "seen");

    private static Task<EngineHost> StartAsync(IJournal journal, ManualTime time) =>
        EngineHost.StartAsync(journal, time, background: true, TestProgramme.WithGifts);
}
