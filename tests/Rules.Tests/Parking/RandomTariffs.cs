using System.Globalization;
using System.Text;

namespace MallVip.Rules.Tests.Parking;

/// <summary>A tariff as plain numbers, from which a file is written and fees are counted without the
/// engine.</summary>
internal sealed record PlainTariff(
    int Free, bool ShortOnly, decimal? Cap, bool CapFromEntry, PlainRate[] Rates, PlainRate[] Holidays)
{
    /// <summary>As an operator writes it.</summary>
    public string ToYaml()
    {
        var text = new StringBuilder(
            "parking:\n  lots: { p1: { mall: bay, tariff: t } }\n  tariffs:\n    t:\n");
        if (Free > 0)
            text.Append(CultureInfo.InvariantCulture, $"      free: {Free}m\n");
        if (ShortOnly)
            text.Append("      free-for: short-stays\n");
        if (Cap is { } cap)
            text.Append(
                CultureInfo.InvariantCulture,
                $"      cap: {{ amount: {cap}, every: {(CapFromEntry ? "24h" : "day")} }}\n");
        text.Append("      rates:\n");
        foreach (var rate in Rates)
            rate.Write(text, "");
        foreach (var rate in Holidays)
            rate.Write(text, "on: holidays, ");
        return text.ToString();
    }

    public static PlainTariff Random(Random random)
    {
        var shortOnly = random.Next(4) == 0;
        return new(
            random.Next(3) == 0 ? 0 : random.Next(1, 90), shortOnly,
            random.Next(3) == 0 ? null : random.Next(30, 80),
            random.Next(2) == 0, Day(random, "d"), random.Next(2) == 0 ? [] : Day(random, "h"));
    }

    private static PlainRate[] Day(Random random, string name)
    {
        var cuts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(96) * 15).Distinct().Order()
            .ToArray();
        return [.. cuts.Select((from, at) => new PlainRate(
            name + at, cuts.Length == 1 ? 0 : from, cuts.Length == 1 ? 1440 : cuts[(at + 1) % cuts.Length],
            Steps(random), random.Next(4) == 0 ? random.Next(20, 60) : null))];
    }

    private static PlainStep[] Steps(Random random) =>
        [
            .. Enumerable.Range(0, random.Next(3)).Select(_ => Step(random, isLast: false)),
            Step(random, isLast: true),
        ];

    private static PlainStep Step(Random random, bool isLast)
    {
        var per = random.Next(1, 13) * 5;
        return new(isLast ? null : per * random.Next(1, 5), random.Next(0, 2_000) / 100m, per);
    }
}

internal sealed record PlainRate(string Id, int From, int To, PlainStep[] Steps, decimal? Cap)
{
    public void Write(StringBuilder text, string on)
    {
        text.Append(CultureInfo.InvariantCulture, $"        {Id}: {{ {on}");
        if (To - From != 1440)
            text.Append(CultureInfo.InvariantCulture, $"hours: \"{Clock(From)}-{Clock(To)}\", ");
        if (Cap is { } cap)
            text.Append(CultureInfo.InvariantCulture, $"cap: {cap}, ");
        text.Append("steps: [").AppendJoin(", ", Steps.Select(step => step.ToYaml())).Append("] }\n");
    }

    /// <summary>Whether a minute of the day is its own.</summary>
    public bool Has(int minute) => From < To ? minute >= From && minute < To : minute >= From || minute < To;

    private static string Clock(int minute) =>
        string.Create(CultureInfo.InvariantCulture, $"{minute / 60 % 24:00}:{minute % 60:00}");
}

internal sealed record PlainStep(int? First, decimal Price, int Per)
{
    public string ToYaml() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{ {(First is { } first ? $"first: {first}m, " : "")}price: {Price}, per: {Per}m }}");
}
