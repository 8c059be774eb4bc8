using MallVip.Rules.Checking;
using MallVip.Rules.Facts;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads effects: a name alone, or <c>{ name, data }</c>.</summary>
internal sealed class EffectReader(Declarations declared, Findings findings)
{
    public DraftAction? Read(EffectKind kind, YamlNode node)
    {
        var map = node as YamlMap;
        if ((map?.Scalar("name") ?? node as YamlScalar) is not { } name)
            return null;
        CheckTarget(kind, name);
        var data = map?.Map("data")?.Entries ?? [];
        if (kind == EffectKind.GrantCoupon && declared.Coupons.TryGetValue(name.Value, out var template))
        {
            if (map?.Entry("data") is { } idle)
                findings.Error(idle.Key.Place, "COUPON_DATA", name.Value);
            return new(new RuleAction.GrantCoupon(template));
        }

        return new(new RuleAction.Effect(kind, name.Value))
        {
            Values = [.. data.Where(entry => entry.Value is YamlScalar)
                .Select(entry => new DraftValue(entry.Key.Value, (YamlScalar)entry.Value, null))],
        };
    }

    private void CheckTarget(EffectKind kind, YamlScalar name)
    {
        if (!declared.Targets.TryGetValue(kind, out var known) || known.ContainsKey(name.Value))
            return;
        var key = EffectTargets.Keys.First(target => target.Kind == kind).Key;
        findings.Unknown(name.Place, "EFFECT_TARGET_UNKNOWN", name.Value,
            known.Keys.Order(StringComparer.Ordinal), key);
    }
}
