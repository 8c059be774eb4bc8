using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>Ladders as an operator writes them, on a mall with one point a yuan.</summary>
internal static class Ladders
{
    private const string Rules = """
        ruleset: base
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid } }
          growth: { on: mall.purchase, earn: { wallet: growth, amount: event.paid } }

        """;

    /// <param name="tiers">The lines under <c>tiers</c>, two blanks in.</param>
    public static Programme Of(
        string tiers, string rules = Rules, string points = "{ windows: true }") => Small.Programme(rules, $$"""
            timezone: Asia/Shanghai
            malls: { bay: { currency: CNY } }
            categories: [beauty]
            stores: { beauty-hall: { category: beauty, mall: bay } }
            wallets:
              points: {{points}}
              growth: { spendable: false, windows: true }
            attributes: { vip_since: date }
            messages: { hello: Hello, bye: Bye }
            benefits: { valet: Valet }
            tiers:
            {{tiers.ReplaceLineEndings("\n")}}
            """);

    public static Shopper Enrolled(string tiers, string at = "2026-11-21T12:00") => new(Of(tiers), at);

    /// <summary>The tier changes of the last entry, with their causes.</summary>
    public static string Moves(Shopper shopper) =>
        string.Join(", ", shopper.Last.OfType<Facts.Fact.TierChanged>().Select(Told));

    private static string Told(Facts.Fact.TierChanged move) =>
        $"{move.From ?? "-"} -> {move.To ?? "-"} by {move.Cause}"
        + (move.Until is { } until ? $" until {LedgerText.Local(until)}" : "");
}
