using MallVip.Grains.Journal;
using MallVip.Grains.Slips;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;
using static MallVip.System.Tests.Engine.SlipBed;

namespace MallVip.System.Tests.Engine;

/// <summary>A slip whose silo ends before or after each of its entries.</summary>
public sealed class SlipCrashTests
{
    /// <summary>Step and crash. Handing in: the day's book, the slip; before the step's entry is durable, and
    /// after.</summary>
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0, true, 0)]
    [InlineData(1, false, 0)]
    [InlineData(1, true, 1)]
    public async Task A_crash_while_handing_in_leaves_no_slip_or_a_whole_one(
        int step, bool isWritten, int slips)
    {
        MemberId member = default;
        var (journal, time) = await Death.OfAsync(
            static (journal, time) => StartAsync(journal, time), step, isWritten,
            async host => member = await host.RegisterAsync(1),
            host => HandInAsync(host, member, "R1", 300, key: "one"));

        await using var after = await StartAsync(journal, time);
        Assert.Equal(slips, (await Desk(after).ListAsync(null, null, null, null, 9)).Length);
        var repeat = Taken(await HandInAsync(after, member, "R1", 300, key: "one"));
        var listed = Assert.Single(await Desk(after).ListAsync(null, null, null, null, 9));
        await DecideAsync(after, repeat.Id, SlipVerb.Approve);

        Assert.Equal(repeat, listed);
        Assert.Equal(300, await after.BalanceAsync(member));
        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(2, 5).Select(
            i => HandInAsync(after, member, $"R{i}", 30)))).Count(answer => answer.View is not null));
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash. Approving: approved, recorded, noted; before the step's entry is durable, and
    /// after.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    public async Task A_crash_while_approving_ends_with_one_purchase_or_a_slip_that_waits(
        int step, bool isWritten, bool isApproved)
    {
        MemberId member = default;
        var id = "";
        var (journal, time) = await Death.OfAsync(
            static (journal, time) => StartAsync(journal, time), step, isWritten, async host =>
            {
                member = await host.RegisterAsync(1);
                id = Taken(await HandInAsync(host, member, "R1", 300)).Id;
            },
            host => DecideAsync(host, id, SlipVerb.Approve));

        await using var after = await StartAsync(journal, time, background: true);
        if (isApproved)
            await EndsAsync(after, id, SlipStatus.Recorded);
        else
            Assert.Equal(SlipStatus.Waiting, (await Desk(after).ReadAsync(id))!.Status);
        Assert.Equal(isApproved ? 300 : 0, await after.BalanceAsync(member));
        var repeat = Taken(await DecideAsync(after, id, SlipVerb.Approve));

        Assert.Equal(SlipStatus.Recorded, repeat.Status);
        Assert.Equal(300, await after.BalanceAsync(member));
        Assert.Equal("receipt_known", (await BuyAsync(after, "R1", 1, 300)).Refusal?.Code);
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash. A small slip: the day's book, the slip, recorded, noted.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task A_crash_while_a_small_slip_is_recorded_ends_with_one_purchase(int step, bool isWritten)
    {
        MemberId member = default;
        var (journal, time) = await Death.OfAsync(
            static (journal, time) => StartAsync(journal, time), step, isWritten,
            async host => member = await host.RegisterAsync(1),
            host => HandInAsync(host, member, "R1", 20));

        await using var after = await StartAsync(journal, time, background: true);
        var id = Assert.Single(await Desk(after).ListAsync(null, null, null, null, 9)).Id;
        await EndsAsync(after, id, SlipStatus.Recorded);

        Assert.Equal(20, await after.BalanceAsync(member));
        await after.AssertCleanAsync();
    }
}
