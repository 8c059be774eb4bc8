using System.Collections.Immutable;
using MallVip.Grains.Batches;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Coupons that a list grants, and takes back as far as nobody has redeemed them.</summary>
public sealed class BatchCouponTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_list_grants_each_coupon_once_although_the_silo_ends_in_its_page(int step)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        string id;
        MemberId[] members;
        await using (var host = await ParkingBed.StartAsync(mortal, time))
        {
            members = [await host.RegisterAsync(1), await host.RegisterAsync(2)];
            id = await ApprovedAsync(host, members);
            mortal.DieAt(step, takesLast: true);
            await Record.ExceptionAsync(host.Engine.Grains.GetGrain<IBatchGrain>(id).Poke);
        }

        await using var after = await ParkingBed.StartAsync(journal, time);
        await after.Engine.Grains.GetGrain<IBatchGrain>(id).Poke();

        var view = await after.Engine.Grains.GetGrain<IBatchGrain>(id).Read();
        Assert.Equal((BatchStatus.Done, 3), (view.Status, view.Done));
        Assert.Equal(["hour", "cash"], await TemplatesAsync(after, members[0]));
        Assert.Equal(["hour"], await TemplatesAsync(after, members[1]));
        await after.AssertCleanAsync();
    }

    [Fact]
    public async Task What_nobody_has_redeemed_is_taken_back_also_from_who_goes_on_after_a_merge()
    {
        await using var host = await ParkingBed.StartAsync();
        MemberId[] members = [await host.RegisterAsync(1), await host.RegisterAsync(2)];
        await ParkingBed.GrantAsync(host, members[0], "cash");
        var id = await ApprovedAsync(host, members);
        var list = host.Engine.Grains.GetGrain<IBatchGrain>(id);
        await list.Poke();
        await host.MergeAsync(members[1], members[0]);
        await host.CommandAsync(
            members[0], new MemberCommand.RedeemCoupon(3, "noodles", "R1", new(50), []));

        var decision = new BatchDecision(BatchVerb.Undo, "boss", "a mistake", false, DryRun: true);
        var tried = (await list.Decide(decision)).View!.Undo!;
        await list.Decide(decision with { DryRun = false });
        await list.Poke();

        var view = await list.Read();
        Assert.Equal((BatchStatus.Undone, 3, 1), (view.Status, tried.Rows, tried.Kept.Count));
        Assert.Equal((3, "coupon_used"), (view.Kept.Lines[0].Line, Assert.Single(view.Kept.Lines).Code));
        Assert.Equal(["cash", "cash"], await TemplatesAsync(host, members[0]));
        await host.AssertCleanAsync();
    }

    private static async Task<string> ApprovedAsync(EngineHost host, MemberId[] members)
    {
        ImmutableArray<BatchRow> rows =
        [
            new(2, members[0], BatchAction.Coupon, "hour", 0, null),
            new(3, members[0], BatchAction.Coupon, "cash", 0, null),
            new(4, members[1], BatchAction.Coupon, "hour", 0, null),
        ];
        var desk = host.Engine.Services.GetRequiredService<BatchDesk>();
        var (id, _) = await desk.OpenAsync(host.Call("list"), "sorry", rows, [], fourEyes: false);
        await desk.DecideAsync(id, new(BatchVerb.Approve, "boss", "", false, DryRun: false));
        return id;
    }

    private static async Task<IEnumerable<string>> TemplatesAsync(EngineHost host, MemberId member) =>
        (await host.ReadAsync(member)).Coupons!.Coupons.Select(coupon => coupon.Template);
}
