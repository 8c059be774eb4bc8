using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Parking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads tariffs, and finds what would leave a minute without a price or with two.</summary>
internal sealed class TariffReader(FrozenDictionary<string, Calendar> calendars, Findings findings)
{
    public IReadOnlyDictionary<string, Tariff> ReadAll(YamlMap? map)
    {
        var plain = new SortedDictionary<string, Tariff>(StringComparer.Ordinal);
        foreach (var (key, value) in map?.Entries ?? [])
            if (value is YamlMap tariff)
                plain[key.Value] = Read(key, tariff);
        var whole = new SortedDictionary<string, Tariff>(StringComparer.Ordinal);
        foreach (var (id, tariff) in plain)
            whole[id] = tariff with { Vehicles = ReadVehicles(map!.Map(id)!.Map("vehicles"), plain) };
        return whole;
    }

    private ImmutableSortedDictionary<string, Tariff> ReadVehicles(
        YamlMap? map, SortedDictionary<string, Tariff> tariffs)
    {
        var vehicles = ImmutableSortedDictionary.CreateBuilder<string, Tariff>(StringComparer.Ordinal);
        foreach (var (vehicle, value) in map?.Entries ?? [])
            if (value is YamlScalar named)
            {
                if (tariffs.TryGetValue(named.Value, out var tariff))
                    vehicles[vehicle.Value] = tariff;
                else
                    findings.Unknown(named.Place, "TARIFF_UNKNOWN", named.Value, tariffs.Keys);
            }

        return vehicles.ToImmutable();
    }

    private Tariff Read(YamlScalar id, YamlMap map)
    {
        var rates = new List<(YamlMap Map, TariffRate Rate)>();
        var cap = Forms.ReadDecimal(map.Map("cap")?.Text("amount"));
        foreach (var (key, value) in map.Map("rates")?.Entries ?? [])
            if (value is YamlMap rate)
                rates.Add((rate, ReadRate(key, rate, cap)));
        return new(id.Value)
        {
            FreeMinutes = Forms.ReadMinutes(map.Text("free")) ?? 0,
            FreeForShortStays = map.Text("free-for") == "short-stays",
            Cap = cap is { } amount ? new(amount, map.Map("cap")!.Text("every") == "24h") : null,
            Days = ReadDays(id, rates),
        };
    }

    private ImmutableArray<TariffDays> ReadDays(YamlScalar tariff, List<(YamlMap Map, TariffRate Rate)> rates)
    {
        var groups = rates.GroupBy(
                rate => string.Join(' ', Named(rate.Map).Select(named => named.Value)),
                StringComparer.Ordinal)
            .OrderBy(group => group.Key.Length == 0).ToArray();
        if (groups.Length > 0 && groups[^1].Key.Length > 0)
            findings.Error(tariff.Place, "TARIFF_GAP", tariff.Value, "00:00", "24:00");
        var days = ImmutableArray.CreateBuilder<TariffDays>();
        foreach (var group in groups)
        {
            var own = group.Select(rate => rate.Rate).OrderBy(rate => rate.From).ToImmutableArray();
            RateCover.Check(tariff, own, findings);
            days.Add(new([.. Named(group.First().Map).Select(Calendar).OfType<Calendar>()], own));
        }

        return days.ToImmutable();
    }

    private TariffRate ReadRate(YamlScalar id, YamlMap map, decimal? tariffCap)
    {
        var hours = Forms.ReadHours(map.Text("hours"));
        if (hours is { } said && said.Start == said.End && said.Start != TimeOnly.MinValue)
            findings.Error(map["hours"]!.Place, "ACTIVE_NO_HOURS", map.Text("hours")!);
        var cap = Forms.ReadDecimal(map.Text("cap"));
        var steps = new TariffStepReader(findings).Read(id, map.List("steps"), cap, tariffCap);
        return new(
            id.Value, Minute(hours?.Start), Minute(hours?.End) is var end and > 0 ? end : TariffRate.Day,
            steps, cap);
    }

    private Calendar? Calendar(YamlScalar named)
    {
        if (calendars.TryGetValue(named.Value, out var calendar))
            return calendar;
        findings.Unknown(named.Place, "CALENDAR_UNKNOWN", named.Value, calendars.Keys.Order(
            StringComparer.Ordinal));
        return null;
    }

    private static IEnumerable<YamlScalar> Named(YamlMap rate) =>
        (rate.List("on")?.Items ?? (rate["on"] is { } one ? [one] : [])).OfType<YamlScalar>();

    private static int Minute(TimeOnly? time) => time is { } said ? (said.Hour * 60) + said.Minute : 0;
}
