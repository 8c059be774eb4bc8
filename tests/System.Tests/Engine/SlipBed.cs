using System.Text;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Slips;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>A mall that takes slips: three a day of an operator, 1,000 in all, small ones at once.</summary>
internal static class SlipBed
{
    public static readonly Programme Desks = TestProgramme.Also(
        "desk-receipts: { per-day: 3, amount-per-day: 1000, oldest-days: 10, wait-days: 2, "
        + "approve-above: 20 }");

    public static Task<EngineHost> StartAsync(bool background = false) =>
        StartAsync(new MemoryJournal(), new ManualTime(), background);

    public static Task<EngineHost> StartAsync(
        IJournal journal, ManualTime time, bool background = false) =>
        EngineHost.StartAsync(journal, time, background, Desks);

    public static SlipDesk Desk(EngineHost host) => host.Engine.Services.GetRequiredService<SlipDesk>();

    public static SlipView Taken(SlipResult result)
    {
        Assert.True(result.Refusal is null, result.Refusal?.Detail);
        return result.View!;
    }

    public static Task<SlipResult> HandInAsync(
        EngineHost host, MemberId member, string receipt, int paid, string by = "ann", string? key = null,
        string store = "noodles", DateTimeOffset? time = null, bool dryRun = false)
    {
        var sent = Till.Event(
            "slip", "mall.purchase", $"member:{member}", time ?? host.Now,
            $$"""{"store":"{{store}}","receipt":"{{receipt}}","paid":"{{paid}}"}""");
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sent).Replace(
            "\"till\"", $"\"{SlipSource.Of(by)}\"", StringComparison.Ordinal));
        var reader = host.Engine.Services.GetRequiredService<EventReader>();
        var incoming = reader.Read(json, null, out var refusal);
        Assert.Null(refusal);
        var call = new Grains.Desk.DeskCall(by, key ?? $"{by}/{receipt}/{member}/{host.Now:O}", json, dryRun);
        return Desk(host).HandInAsync(member, incoming!, "photo-1", null, call)
            .WaitAsync(EngineHost.Patience);
    }

    /// <summary>A till's purchase, of a receipt that is named as the slip names it.</summary>
    public static Task<EventAnswer> BuyAsync(EngineHost host, string receipt, int phone, int paid) =>
        host.SendAsync(Till.Purchase(
            $"till-{receipt}", Till.Phone(phone), paid, host.Now, receipt: receipt));

    public static Task<SlipResult> DecideAsync(
        EngineHost host, string id, SlipVerb verb, string by = "ben") =>
        Desk(host).DecideAsync(id, verb, "no", new(by, "", default, false)).WaitAsync(EngineHost.Patience);

    public static Task EndsAsync(EngineHost host, string id, SlipStatus status) =>
        Waiting.ForAsync(async () => (await Desk(host).ReadAsync(id))!.Status == status);
}
