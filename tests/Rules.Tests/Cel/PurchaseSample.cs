using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

/// <summary>A purchase by a member, as rules see it.</summary>
internal sealed record PurchaseSample(
    decimal Paid, StoreSample Store, MemberSample Member, IReadOnlyList<LineSample> Lines,
        string? Till = null)
{
    public static PurchaseSample Beauty { get; } = new(
        600.50m,
        new StoreSample("beauty-hall", "beauty", 3),
        new MemberSample("gold", 12_000.00m, 41, ["vip", "night"]),
        [new LineSample("lipstick", "beauty", 2, 400.50m), new LineSample("socks", "clothing", 1, 200m)],
        "t-7");

    private static readonly IReadOnlyDictionary<string, string> Attributes =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["colour"] = "red" };

    public static CelEnvironment<PurchaseSample> Environment { get; } = BuildEnvironment();

    public static CelExpression<PurchaseSample> Compile(string source, CelType? expected = null)
    {
        var compiled = Environment.Compile(source, expected);
        Assert.True(compiled.Expression is not null, string.Join('\n', compiled.Diagnostics));
        return compiled.Expression;
    }

    public static CelValue Evaluate(string source) => Compile(source).Evaluate(Beauty);

    private static CelEnvironment<PurchaseSample> BuildEnvironment()
    {
        var store = new CelObjectType<StoreSample>("store")
            .Field("id", each => each.Id)
            .Field("category", each => each.Category)
            .Field("floor", each => each.Floor);
        var line = new CelObjectType<LineSample>("line")
            .Field("sku", each => each.Sku)
            .Field("category", each => each.Category)
            .Field("qty", each => each.Quantity)
            .Field("paid", each => each.Paid);
        var purchase = new CelObjectType<PurchaseSample>("purchase")
            .Field("paid", each => each.Paid)
            .Field("store", each => each.Store, store)
            .Field("lines", each => each.Lines, CelType.List(line))
            .Field("till", each => each.Till, optional: true)
            .Field("rate", _ => 0.5)
            .Field("attributes", _ => Attributes);
        var member = new CelObjectType<MemberSample>("member")
            .Field("tier", each => each.Tier, CelType.Enum("tier", ["basic", "silver", "gold"]))
            .Field("age", each => each.Age)
            .Field("tags", each => each.Tags)
            .LiteralMethod<int, decimal>("spent", TryDays, (each, days) => each.SpentAYear * days / 365)
            .Method("scaled", (MemberSample each, decimal by) => each.SpentAYear * by);
        return new CelEnvironment<PurchaseSample>()
            .Variable("event", each => each, purchase)
            .Variable("member", each => each.Member, member)
            .Function("bonus", (PurchaseSample each, long base10) => each.Paid > 100 ? base10 * 10 : 0L);
    }

    private static bool TryDays(string text, out int days, out string problem)
    {
        problem = "a number of days such as 365d is expected";
        days = 0;
        return text.EndsWith('d') && int.TryParse(text[..^1], out days);
    }
}

internal sealed record StoreSample(string Id, string Category, int Floor);

internal sealed record LineSample(string Sku, string Category, int Quantity, decimal Paid);

internal sealed record MemberSample(string Tier, decimal SpentAYear, long? Age, IReadOnlyList<string> Tags);
