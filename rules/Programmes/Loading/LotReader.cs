using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Parking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads car parks and the tariffs that they name.</summary>
internal sealed class LotReader(
    FrozenDictionary<string, Mall> malls, FrozenDictionary<string, Calendar> calendars, Findings findings)
{
    public FrozenDictionary<string, ParkingLot> Read(YamlMap? parking)
    {
        var tariffs = new TariffReader(calendars, findings).ReadAll(parking?.Map("tariffs"));
        var lots = new Dictionary<string, ParkingLot>(StringComparer.Ordinal);
        foreach (var (key, value) in parking?.Map("lots")?.Entries ?? [])
            if (Read(key, value, tariffs) is { } lot)
                lots[key.Value] = lot;
        return lots.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private ParkingLot? Read(YamlScalar key, YamlNode value, IReadOnlyDictionary<string, Tariff> tariffs)
    {
        var map = value as YamlMap;
        var name = map?.Text("name") ?? (value as YamlScalar)?.Value ?? key.Value;
        var tariff = default(Tariff);
        if (map?.Scalar("tariff") is { } named && !tariffs.TryGetValue(named.Value, out tariff))
            findings.Unknown(named.Place, "TARIFF_UNKNOWN", named.Value, tariffs.Keys);
        return MallReference.Find(map?.Scalar("mall"), key, malls, findings) is not { } mall ? null
            : new(key.Value, name, mall)
            {
                Capacity = Forms.ReadInteger(map?.Text("capacity")),
                Tariff = tariff,
                Grace = Forms.ReadMinutes(map?.Text("grace")) ?? ParkingLot.UsualGrace,
                Exceptions = (map?.List("exceptions")?.Items ?? []).OfType<YamlScalar>()
                    .Select(word => word.Value).ToFrozenSet(StringComparer.Ordinal),
            };
    }
}
