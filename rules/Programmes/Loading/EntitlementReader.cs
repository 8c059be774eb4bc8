using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Parking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads what makes parking free, in its order.</summary>
internal sealed class EntitlementReader(
    ImmutableArray<string> tiers, ImmutableArray<Wallet> wallets, Findings findings)
{
    public ImmutableArray<ParkingEntitlement> Read(YamlList? list)
    {
        var read = ImmutableArray.CreateBuilder<ParkingEntitlement>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list?.Items ?? [])
        {
            if (Read(item) is not { } entitlement)
                continue;
            var key = entitlement is ParkingEntitlement.OfTier { Tier: var tier } ? "tier " + tier
                : entitlement.Source;
            if (!seen.Add(key))
                findings.Error(item.Place, "ENTITLEMENT_TWICE", key);
            read.Add(entitlement);
        }

        return read.ToImmutable();
    }

    private ParkingEntitlement? Read(YamlNode item)
    {
        if (item is YamlScalar word)
            return word.Value switch
            {
                ParkingEntitlement.OfCoupon.Word => new ParkingEntitlement.OfCoupon(),
                ParkingEntitlement.OfGrant.Word => new ParkingEntitlement.OfGrant(),
                _ => null,
            };
        if (item is not YamlMap map)
            return null;
        var keys = map.Entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
        if (keys.SetEquals(["tier", "hours"]))
            return ReadTier(map);
        var time = Forms.ReadMinutes(map.Text("per"));
        var most = Forms.ReadMinutes(map.Text("most"));
        keys.Remove("most");
        if (keys.SetEquals(["spend", "per"]) && Forms.ReadDecimal(map.Text("spend")) is > 0 and var amount)
            return new ParkingEntitlement.OfSpend(amount, time ?? 0, most);
        if (keys.SetEquals(["points", "per"]) && Default() is { } wallet)
            return new ParkingEntitlement.OfPoints(
                Forms.ReadLong(map.Text("points")) ?? 0, time ?? 0, most, wallet);
        findings.Error(item.Place, "ENTITLEMENT_KIND");
        return null;
    }

    private ParkingEntitlement.OfTier ReadTier(YamlMap map)
    {
        var tier = map.Scalar("tier");
        if (tier is not null && !tiers.Contains(tier.Value))
            findings.Unknown(tier.Place, "TIER_UNKNOWN", tier.Value, tiers);
        return new(tier?.Value ?? "", 60 * (Forms.ReadInteger(map.Text("hours")) ?? 0));
    }

    private string? Default() => wallets.FirstOrDefault(wallet => wallet.Spendable)?.Id;
}
