using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.System.Tests.Engine;

/// <summary>
/// A programme with one of everything that time brings: one point per yuan, so that sums are plain.
/// </summary>
internal static class TestProgramme
{
    public const long Gifts = 12_000;

    private const string Declarations = """
        timezone: Asia/Shanghai
        currency: CNY
        malls: { bay: { name: Bay Mall } }
        categories: [beauty, dining]
        stores:
          beauty-hall: { category: beauty, mall: bay }
          noodles: { category: dining, mall: bay }
        wallets:
          points: { expiry: { days: 30 } }
          later: { pending: 3, expiry: { days: 60 } }
          debt: { expiry: { days: 20 }, returns: negative }
          gifts: {}
          credit: { floor: -200 }
          slow: { pending: { until: confirmed, days: 20 }, expiry: { days: 40, rolling: purchase } }
        tiers:
          base: { name: Base }
          gold: { name: Gold, when: 'member.spent("30d") >= 100000', valid-months: 1 }
        attributes:
          birthday: date
        """;

    /// <summary>Beside the gifts purchases are counted, for good and by month; lamps are ordered.</summary>
    private const string Counted = """

        achievements:
          buys: { on: mall.purchase, goal: 1000000 }
          often: { on: mall.purchase, every: month, goal: 3, recurs: always }
        catalogue:
          lamp: { points: 20, stock: { bay: 5 }, waiting: 2, pick-up-within: 4d, return-within: 10d }
        """;

    private const string Vouchers = """

        coupons:
          off-5: { off: 5, uses: 2, valid: { days: 12 } }
        """;

    private const string Rules = """
        ruleset: test
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
          later:
            on: mall.purchase
            when: event.store.category == "beauty"
            earn: { wallet: later, amount: event.paid / 10 }
          debt:
            on: mall.purchase
            when: event.store.category == "beauty"
            earn: { wallet: debt, amount: event.paid / 5 }
          gold:
            on: mall.purchase
            when: member.tier == "gold"
            multiply: { wallet: points, by: "1.5" }
          fan:
            on: mall.purchase
            when: event.store.category == "beauty"
            tag: { name: fan, for: 5d }
          birthday:
            on: member.birthday
            earn: { wallet: points, amount: "88" }
        """;

    private static string GiftRules => Rules + $$"""

          gift:
            on: mall.purchase
            earn: { wallet: gifts, amount: event.paid }
            budget: { total: {{Gifts}}, on-short: partial }
          slow:
            on: mall.purchase
            when: event.store.category == "dining"
            earn: { wallet: slow, amount: event.paid / 7 }
          watched:
            on: mall.purchase
            when: event.till == "watched"
            review: A till that is watched
        """;

    private const string AwayRule = """

          away:
            on: member.inactive(5d)
            tag: { name: away, for: 3d }
        """;

    public static Programme Instance { get; } = With(Rules);

    /// <summary>
    /// The same, and a gift of as many points as yuan, from a budget of <see cref="Gifts"/> for all.
    /// </summary>
    public static Programme WithGifts { get; } = With(GiftRules);

    /// <summary>
    /// <see cref="WithGifts"/> as operators publish it over and over: points and gifts as before, another
    /// comment, and every other time a tag for who stays away.
    /// </summary>
    public static ProgrammeFiles Edited(int edit) =>
        Files($"# Edit {edit}\n{GiftRules}{(edit % 2 == 0 ? "" : AwayRule)}");

    /// <summary>The same malls and wallets with other rules.</summary>
    public static Programme With(string rules) => Load(Files(rules));

    /// <summary>The same, and more lines of <c>programme.yaml</c>.</summary>
    public static Programme Also(string lines, string rules = Rules) => Load(ProgrammeFiles.Of(
        new Dictionary<string, string>
        {
            ["programme.yaml"] = $"{Declarations}\n{lines}",
            ["rules.yaml"] = rules,
        }));

    /// <summary>A programme of these files.</summary>
    public static Programme Of(IReadOnlyDictionary<string, string> files) => Load(ProgrammeFiles.Of(files));

    /// <summary>The same, and a point costs so much.</summary>
    public static Programme Costing(string cost, string rules) => Load(ProgrammeFiles.Of(
        new Dictionary<string, string>
        {
            ["programme.yaml"] = Declarations.Replace(
                "points: {", $"points: {{ cost: {cost},", StringComparison.Ordinal),
            ["rules.yaml"] = rules,
        }));

    /// <summary>The same, and receipts may be claimed so often.</summary>
    public static Programme Claiming(int perDay, int wrongPerHour) => Load(ProgrammeFiles.Of(
        new Dictionary<string, string>
        {
            ["programme.yaml"] =
                $"{Declarations}\nclaims: {{ per-day: {perDay}, wrong-per-hour: {wrongPerHour} }}\n",
            ["rules.yaml"] = Rules,
        }));

    private static Programme Load(ProgrammeFiles files)
    {
        var result = new ProgrammeLoader().Load(files.Texts);
        return result.Programme ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static ProgrammeFiles Files(string rules) => ProgrammeFiles.Of(new Dictionary<string, string>
    {
        ["programme.yaml"] = rules.Contains("gift:", StringComparison.Ordinal)
            ? Declarations + Counted + Vouchers
            : Declarations,
        ["rules.yaml"] = rules,
    });
}
