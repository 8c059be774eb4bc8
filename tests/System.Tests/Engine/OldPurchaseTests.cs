using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Refunds of a member whose journal is long.</summary>
public sealed class OldPurchaseTests
{
    private const int Purchases = 700;

    [Fact]
    public async Task A_refund_reads_what_came_since_the_purchase_not_the_whole_journal()
    {
        var store = new CountingJournal(new MemoryJournal());
        await using var host = await EngineHost.StartAsync(store, new ManualTime(), background: true);
        var member = await BuyManyAsync(host);
        await RefundAsync(host, 690);
        await Waiting.ForAsync(async () => await MilestoneAsync(store, member) == 512);

        store.Read = 0;
        await RefundAsync(host, 691);

        Assert.InRange(store.Read, 1, 700 - 512 + PurchaseArchive.MilestoneEvery);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_a_refund_takes_back_is_the_same_with_milestones_and_without()
    {
        await using var without = await EngineHost.StartAsync();
        await using var with = await EngineHost.StartAsync(background: true);
        var member = await BuyManyAsync(with);
        await BuyManyAsync(without);
        foreach (var receipt in (int[])[699, 3, 350, 255, 256, 257, 698])
        {
            var (wanted, found) = (await RefundAsync(without, receipt), await RefundAsync(with, receipt));
            Assert.Equal(wanted, found);
            await Waiting.ForAsync(async () => await MilestoneAsync(with.Store, member) == 512);
        }

        await with.AssertCleanAsync();
    }

    [Fact]
    public async Task A_purchase_that_waited_for_its_member_is_found_by_the_receipt_it_left_at_the_identity()
    {
        var store = new CountingJournal(new MemoryJournal());
        await using var host = await EngineHost.StartAsync(store, new ManualTime(), background: true);
        await host.SendAsync(Till.Purchase("w", Till.Phone(1), 40, host.Now, receipt: "Rw"));
        var member = await BuyManyAsync(host);

        Assert.Contains("-20", await RefundAsync(host, "Rw"), StringComparison.Ordinal);
        Assert.Equal(Purchases + 20, await host.BalanceAsync(member));
    }

    private static async Task<MemberId> BuyManyAsync(EngineHost host)
    {
        var member = await host.RegisterAsync(1);
        for (var i = 0; i < Purchases; i += 100)
            await Task.WhenAll(Enumerable.Range(i, 100).Select(n => host.BuyAsync($"{n}", 1, 1)));
        return member;
    }

    private static Task<string> RefundAsync(EngineHost host, int receipt) =>
        RefundAsync(host, string.Create(CultureInfo.InvariantCulture, $"R{receipt}"), paid: 1);

    private static async Task<string> RefundAsync(EngineHost host, string receipt, int paid = 20)
    {
        var answer = await host.SendAsync(
            Till.Refund($"back-{receipt}", Till.Phone(1), paid, host.Now, "noodles", receipt));
        Assert.True(answer.Refusal is null, answer.Refusal?.Detail);
        return $"{Outcomes.Text(answer)} -{answer.Outcome!.Reversed.Sum(back => back.Points.Value)}";
    }

    private static async Task<long?> MilestoneAsync(IJournal store, MemberId member) =>
        (await store.LoadMilestoneAsync(
            new(GrainKind.Member, member.Value), MemberSnapshot.Schema, long.MaxValue))?.Seq;
}
