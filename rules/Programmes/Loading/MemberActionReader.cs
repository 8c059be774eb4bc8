using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Vocabulary;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads actions that change the member: tag, untag, set, tier.</summary>
internal sealed class MemberActionReader(Declarations declared, Findings findings)
{
    public DraftAction? Tag(YamlNode node)
    {
        var map = node as YamlMap;
        if ((map?.Scalar("name") ?? node as YamlScalar) is not { } named)
            return null;
        CheckTag(named);
        var name = named.Value;
        var time = Forms.ReadDays(map?.Text("for")) is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null;
        return new(new RuleAction.Tag(name, time)) { Until = map?.Scalar("until") };
    }

    public DraftAction? Untag(YamlNode node)
    {
        if (node is not YamlScalar name)
            return null;
        CheckTag(name);
        return new(new RuleAction.Untag(name.Value));
    }

    private void CheckTag(YamlScalar name)
    {
        if (declared.Tags.Count > 0 && !declared.Tags.ContainsKey(name.Value))
            findings.Unknown(
                name.Place, "TAG_UNKNOWN", name.Value, declared.Tags.Keys.Order(StringComparer.Ordinal));
    }

    public DraftAction? Set(YamlMap? map)
    {
        if (map?.Scalar("attribute") is not { } named || map.Scalar("to") is not { } to)
            return null;
        if (!declared.Attributes.TryGetValue(named.Value, out var attribute))
        {
            findings.Unknown(named.Place, "ATTRIBUTE_UNKNOWN", named.Value,
                declared.Attributes.Keys.Order(StringComparer.Ordinal));
            return null;
        }

        if (attribute.Personal || attribute.Name is Birthdays.Attribute)
            findings.Error(named.Place, "ATTRIBUTE_NOT_FOR_RULES", named.Value);
        return new(new RuleAction.SetAttribute(attribute.Name))
        {
            Values = [new("to", to, attribute)],
        };
    }

    public DraftAction? Tier(YamlNode node)
    {
        var map = node as YamlMap;
        if ((map?.Scalar("to") ?? node as YamlScalar) is not { } to)
            return null;
        if (declared.Tiers.Any(tier => string.Equals(tier.Id, to.Value, StringComparison.Ordinal)))
            return new(new RuleAction.GiveTier(to.Value, Forms.ReadSpan(map?.Text("for"))));
        findings.Unknown(to.Place, "TIER_UNKNOWN", to.Value, declared.Tiers.Select(tier => tier.Id));
        return null;
    }
}
