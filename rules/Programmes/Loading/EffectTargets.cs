using System.Collections.Frozen;
using MallVip.Rules.Facts;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What effects may name: coupons, benefits, journeys, messages, surveys, webhooks by id.</summary>
internal static class EffectTargets
{
    /// <summary>
    /// The key in <c>programme.yaml</c> that declares the targets of a kind; alerts need none.
    /// </summary>
    public static IReadOnlyList<(EffectKind Kind, string Key)> Keys { get; } =
    [
        (EffectKind.GrantCoupon, "coupons"),
        (EffectKind.GrantBenefit, "benefits"),
        (EffectKind.EndBenefit, "benefits"),
        (EffectKind.StartJourney, "journeys"),
        (EffectKind.SendMessage, "messages"),
        (EffectKind.Survey, "surveys"),
        (EffectKind.Webhook, "webhooks"),
    ];

    public static FrozenDictionary<EffectKind, FrozenDictionary<string, string>> ReadAll(YamlMap programme) =>
        Keys.ToFrozenDictionary(key => key.Kind, key => Read(programme.Map(key.Key)));

    private static FrozenDictionary<string, string> Read(YamlMap? map)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, value) in map?.Entries ?? [])
            names[id.Value] = (value as YamlMap)?.Text("name") ?? (value as YamlScalar)?.Value ?? id.Value;
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
