using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads the ladder.</summary>
internal sealed class TierReader(FrozenDictionary<string, AttributeType> attributes, Findings findings)
{
    public static ImmutableArray<DeclaredTier> ReadAll(
        YamlMap? map, FrozenDictionary<string, AttributeType> attributes, Findings findings)
    {
        var (reader, tiers) =
            (new TierReader(attributes, findings), ImmutableArray.CreateBuilder<DeclaredTier>());
        foreach (var (key, value) in map?.Entries ?? [])
            tiers.Add(reader.Read(key, value as YamlMap, isLowest: tiers.Count == 0));
        return tiers.ToImmutable();
    }

    private DeclaredTier Read(YamlScalar id, YamlMap? tier, bool isLowest)
    {
        var when = tier?.Scalar("when");
        if (when is null && !isLowest)
            findings.Error(id.Place, "TIER_NO_CONDITION", id.Value);
        var validity = tier is null ? null : ReadValidity(id, tier);
        var isAsked = validity is not null || tier?.Text("on-return") is "re-evaluate";
        if (validity is null && tier is not null
            && (tier["keep"] ?? tier["grace"] ?? (isAsked ? null : tier["downgrade"])) is { } idle)
            findings.Error(idle.Place, "TIER_KEEP_NO_END", id.Value);
        return new(
            id.Value, tier?.Text("name") ?? id.Value, when, tier?.Scalar("keep"), validity,
            Forms.ReadDays(tier?.Text("grace")) ?? 0,
            Words<TierFall>.Read(tier?.Text("downgrade")) ?? TierFall.Requalify,
            Words<TierReturn>.Read(tier?.Text("on-return")) ?? TierReturn.Keep);
    }

    private TierValidity? ReadValidity(YamlScalar id, YamlMap tier)
    {
        var months = Forms.ReadInteger(tier.Text("valid-months"));
        var to = tier.Text("valid-to");
        var day = Forms.ReadMonthDay(to);
        var from = tier.Scalar("valid-from");
        if (from is not null && (months is null || day is not null))
            findings.Error(from.Place, "TIER_ANCHOR_ALONE", id.Value);
        if (months is null && day is null)
            return null;
        return new(months ?? 0)
        {
            From = from is null ? TierAnchor.Entry : AnchorOf(from),
            Attribute = from?.Value,
            ToMonthEnd = to is Forms.MonthEnd,
            OnDay = day,
        };
    }

    private TierAnchor AnchorOf(YamlScalar from)
    {
        if (Words<TierAnchor>.Read(from.Value) is { } word and not TierAnchor.Attribute)
            return word;
        if (attributes.GetValueOrDefault(from.Value) is not { Type: FieldType.Date, Personal: false })
            findings.Unknown(
                from.Place, "TIER_ANCHOR_UNKNOWN", from.Value,
                attributes.Values.Where(known => known is { Type: FieldType.Date, Personal: false })
                    .Select(known => known.Name).Order(StringComparer.Ordinal));
        return TierAnchor.Attribute;
    }
}
