using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>A mall with coupons of which there are few.</summary>
internal static class StockBed
{
    public static Programme With(string flash) => TestProgramme.Also(
        $"coupons:\n  flash: {{ off: 9, valid: {{ days: 5 }}, {flash} }}");

    /// <summary>The same, and each purchase brings one.</summary>
    public static Programme Granting(string flash) => TestProgramme.Also(
        $"coupons:\n  flash: {{ off: 9, valid: {{ days: 5 }}, {flash} }}",
        "ruleset: t\nrules:\n  gift: { on: mall.purchase, grant-coupon: flash }\n");

    public static Task<EngineHost> StartAsync(string flash, bool background = false) =>
        StartAsync(new MemoryJournal(), new ManualTime(), flash, background);

    public static Task<EngineHost> StartAsync(
        IJournal journal, ManualTime time, string flash, bool background = false) =>
        EngineHost.StartAsync(journal, time, background, With(flash));

    public static StockDesk Desk(this EngineHost host) =>
        host.Engine.Services.GetRequiredService<StockDesk>();

    public static Task<ClaimResult> ClaimAsync(
        this EngineHost host, MemberId member, string key, bool hold = false) =>
        host.Desk().ClaimAsync(member, "flash", hold, host.Call(key)).WaitAsync(EngineHost.Patience);

    public static Task<StockReading> StockAsync(this EngineHost host) =>
        host.Desk().ReadAsync(StockName.OfCoupon("flash")).WaitAsync(EngineHost.Patience);

    public static async Task<Coupon[]> CouponsAsync(this EngineHost host, MemberId member) =>
        [.. (await host.ReadAsync(member)).Coupons?.Coupons ?? []];

    /// <summary>Members with phones from 1 on.</summary>
    public static async Task<MemberId[]> RegisterAllAsync(this EngineHost host, int members) =>
        await Task.WhenAll(Enumerable.Range(1, members).Select(phone => host.RegisterAsync(phone)));
}
