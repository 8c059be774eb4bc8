using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>A mall with a reward of which there are few.</summary>
internal static class RewardBed
{
    public static Programme With(string terms) => TestProgramme.Also(
        $"catalogue: {{ tea: {{ points: 300, return-within: 7d, {terms} }} }}");

    public static Task<EngineHost> StartAsync(string terms, bool background = false) =>
        StartAsync(new MemoryJournal(), new(), terms, background);

    public static Task<EngineHost> StartAsync(
        IJournal journal, ManualTime time, string terms, bool background = false) =>
        EngineHost.StartAsync(journal, time, background, With(terms));

    /// <summary>A member with points.</summary>
    public static async Task<MemberId> MemberAsync(this EngineHost host, int phone, int points = 500)
    {
        var member = await host.RegisterAsync(phone);
        await host.DoAsync(
            member, new MemberCommand.Adjust("points", new(points), "start", null), $"p{phone}");
        return member;
    }

    public static Task<ClaimResult> OrderAsync(this EngineHost host, MemberId member, string key) =>
        host.Desk().OrderAsync(member, "tea", "bay", host.Call(key)).WaitAsync(EngineHost.Patience);

    public static async Task DoAsync(
        this EngineHost host, MemberId member, MemberCommand command, string key) =>
        Assert.Null((await host.CommandAsync(member, command, key)).Refusal);

    public static Task<StockReading> RewardsAsync(this EngineHost host) =>
        host.Desk().ReadAsync(StockName.OfReward("tea", "bay")).WaitAsync(EngineHost.Patience);

    public static async Task<RewardOrder[]> OrdersAsync(this EngineHost host, MemberId member) =>
        [.. (await host.ReadAsync(member)).Orders];
}
