using MallVip.Grains.Backtesting;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Backtest;

/// <summary>A recorded history of a shop of 30 members: purchases at two stores, returns, spends, points that
/// lapse, and a budget that runs out. What was bought is known, so that a draft's figures can be added up
/// beside it.</summary>
internal sealed class Recorded(EngineHost host) : IAsyncDisposable
{
    public const int Shoppers = 30;

    public static string Rules { get; } = With("event.paid", budget: 2_000);

    public EngineHost Host => host;

    public List<MemberId> Members { get; } = [];

    /// <summary>What each purchase left after its return: who, store, paid, returned.</summary>
    public List<(int Shopper, string Store, int Paid, int Back)> Bought { get; } = [];

    /// <summary>The rules, with another amount or budget.</summary>
    public static string With(string amount, int budget, string more = "") => $$"""
        ruleset: test
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: "{{amount}}" }
          beauty:
            on: mall.purchase
            when: event.store.category == "beauty"
            earn: { wallet: later, amount: event.paid / 10 }
            funding: { brand: 60%, store: 40% }
          gift:
            on: mall.purchase
            earn: { wallet: gifts, amount: event.paid / 2 }
            budget: { total: {{budget}}, on-short: partial }
        {{more}}
        """;

    /// <summary>The programme before it had a beauty hall.</summary>
    public static Programme WithoutBeauty() => TestProgramme.Of(
        TestProgramme.With(Rules).Sources.ToDictionary(
            file => file.Key,
            file => file.Value.Replace(
                "beauty-hall: { category: beauty, mall: bay }", "", StringComparison.Ordinal)));

    /// <param name="months">How often everybody shops.</param>
    public static async Task<Recorded> PlayAsync(
        int months = 3, IJournal? journal = null, Programme? programme = null)
    {
        var host = await EngineHost.StartAsync(
            journal ?? new MemoryJournal(), new ManualTime(),
            programme: programme ?? TestProgramme.With(Rules));
        var recorded = new Recorded(host);
        for (var shopper = 0; shopper < Shoppers; shopper++)
            recorded.Members.Add(await host.RegisterAsync(shopper));
        for (var month = 0; month < months; month++)
            await recorded.ShopAsync(month);
        return recorded;
    }

    /// <summary>Decides it again.</summary>
    public Task<BacktestResult> TryAsync(BacktestOrder order, CancellationToken cancellation = default) =>
        BacktestRun.RunAsync(host.Store, order, TimeProvider.System, static (_, _) => { }, cancellation)
            .WaitAsync(EngineHost.Patience, CancellationToken.None);

    public Task<BacktestResult> TryAsync(string rules) =>
        TryAsync(new BacktestOrder { Draft = TestProgramme.With(rules) });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task ShopAsync(int month)
    {
        for (var shopper = 0; shopper < Shoppers; shopper++)
        {
            var (id, store) = ($"{month}-{shopper}", shopper % 3 == 0 ? "beauty-hall" : "noodles");
            var (paid, back) = (40 + shopper + month, shopper % 5 == 0 ? 20 : 0);
            Assert.Null((await host.BuyAsync(id, shopper, paid, store)).Refusal);
            if (back > 0)
                Assert.Null((await host.SendAsync(Till.Refund(
                    "b" + id, Till.Phone(shopper), back, host.Now, store, "R" + id))).Refusal);
            Bought.Add((shopper, store, paid, back));
            if (shopper % 7 == 0 && host.Programme.Stores.ContainsKey(store))
                Assert.Null((await host.CommandAsync(
                    Members[shopper], new Rules.Commands.MemberCommand.Spend("points", new(15), "gift"),
                    $"spend-{id}")).Refusal);
        }

        host.Time.Advance(TimeSpan.FromDays(25));
    }
}
