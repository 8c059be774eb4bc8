using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Conditions, purchases and members at random, such that all kinds of tests hold, do not hold, and
/// fail.</summary>
internal static class RandomRules
{
    private static readonly string[] Tests =
    [
        "event.store.category == \"beauty\"", "event.store.category == \"dining\"",
            "event.store.category != \"beauty\"",
        "event.store.id == \"fresh\"", "event.store.id in [\"fresh\", \"noodles\"]",
            "\"beauty-hall\" == event.store.id",
        "event.store.category in [\"dining\", \"beauty\", \"supermarket\"]", "event.mall == \"bay\"",
        "member.tier == \"gold\"", "member.tier in [\"silver\", \"gold\"]", "member.tier == \"\"",
        "event.paid >= 100", "event.paid < 50", "event.paid > 50", "event.paid <= 0", "100 > event.paid",
            "event.paid >= 50", "49.99 < event.paid", "size(event.lines) > 0", "event.lines[0].qty >= 1",
            "event.lines[0].qty > 1", "2 >= event.lines[0].qty", "event.lines[0].qty <= 0",
        "member.hasTag(\"vip\")", "!member.hasTag(\"vip\")",
        "event.till == \"A1\"", "event.lines[0].sku == \"x\"", "event.lines[0].sku in [\"x\", \"y\"]",
        "1 / (int(event.paid) - 100) >= 0", "event.local.weekday == \"sat\"",
            "event.lines.exists(l, l.paid > 10)",
        "(event.paid > 90 || member.hasTag(\"vip\"))",
    ];

    public static string Condition(Random random) =>
        string.Join(" && ", Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => Tests[random.Next(Tests.Length)]));

    public static MallEvent Event(Random random)
    {
        string[] stores = ["beauty-hall", "noodles", "fresh"];
        var lines = random.Next(3) == 0 ? ""
            : $$""","lines":[{"sku":"{{"xyz"[random.Next(3)]}}","paid":{{random.Next(20)}},"qty":{{random.Next(4)}}}]""";
        var store = stores[random.Next(3)];
        var till = random.Next(2) == 0 ? "" : ""","till":"A1" """;
        return Small.Event(
            "mall.purchase",
            $$"""{"receipt":"1","store":"{{store}}","paid":{{random.Next(3) * 50}}{{lines}}{{till}}}""",
            $"2026-11-{random.Next(20, 23)}T12:00:00+08:00");
    }

    public static MemberState Member(Random random)
    {
        string[] tiers = ["", "silver", "gold"];
        var tier = tiers[random.Next(3)];
        return MemberState.Empty with
        {
            Tier = tier.Length == 0 ? null : new(tier, DateTimeOffset.UnixEpoch, null),
            Tags = random.Next(2) == 0 ? [] : [new TagState("vip", DateTimeOffset.UnixEpoch, null, null)],
        };
    }
}
