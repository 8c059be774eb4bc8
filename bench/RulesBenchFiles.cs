using System.Globalization;
using System.Text;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Bench;

/// <summary>Programmes of any number of rules, five of which match a purchase of 600 at one store.</summary>
internal static class RulesBenchFiles
{
    /// <summary>The store of the purchase, of category <c>c0</c>.</summary>
    public const string Store = "s0";

    private const int Matching = 5;
    private const int Categories = 200;

    /// <summary>Each rule waits for a category, an amount and a tier: an index finds the few.</summary>
    public static Dictionary<string, string> ByCategory(int rules) => Files(rules, static n =>
        n < Matching
            ? $"event.store.category == \"c0\" && event.paid >= {100 + n}"
            : $"event.store.category == \"c{1 + (n % (Categories - 1))}\" "
                + $"&& event.paid >= {n} && member.tier != \"gold\"");

    /// <summary>Nothing but an amount tells the rules apart: each of them has to be asked.</summary>
    public static Dictionary<string, string> ByAmount(int rules) => Files(rules, static n =>
        n < Matching
            ? $"event.store.category == \"c0\" && event.paid >= {100 + n}"
            : $"event.store.category == \"c0\" && event.paid >= {1_000 + n}");

    /// <summary>The purchase that five rules match.</summary>
    public static MallEvent Purchase { get; } = new(
        "bench", "1", EventTypes.Purchase, new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8)),
        new PurchaseData
        {
            Receipt = "R1",
            Store = Store,
            Paid = new(600),
        });

    /// <summary>What a matcher is given of it.</summary>
    public static EvalContext Context(Programme programme, MemberState member, MallEvent purchase)
    {
        var store = programme.Stores[Store];
        return new()
        {
            Programme = programme,
            Member = member,
            Event = purchase,
            Store = store,
            Mall = store.Mall,
            Local = purchase.Time.DateTime,
        };
    }

    private static Dictionary<string, string> Files(int rules, Func<int, string> condition)
    {
        var text = new StringBuilder("ruleset: many\nrules:\n");
        for (var n = 0; n < rules; n++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  r{n}:\n    on: mall.purchase\n    when: {condition(n)}\n"
                + $"    earn: {{ amount: event.paid / {10 + n} }}\n");
        return new() { ["programme.yaml"] = Declarations(), ["many.yaml"] = text.ToString() };
    }

    private static string Declarations()
    {
        var all = Enumerable.Range(0, Categories).ToArray();
        return $$"""
            timezone: Asia/Shanghai
            currency: CNY
            malls: { bay: { name: Bay } }
            categories: [{{string.Join(", ", all.Select(n => $"c{n}"))}}]
            store-defaults: { mall: bay }
            stores: { {{string.Join(", ", all.Select(n => $"s{n}: c{n}"))}} }
            tiers: { silver: {}, gold: { when: member.spent("365d") >= 1000000 } }
            wallets: { points: { expiry: { months: 12, to: month-end } } }
            """;
    }
}
