using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Client.Events;

/// <summary>Writes what rules asked others to do. Personal values are left out.</summary>
internal static class EffectWriter
{
    /// <summary>Writes nothing where there is none.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<OutcomeEffect> effects)
    {
        if (effects.IsEmpty)
            return;
        json.WriteStartArray("effects"u8);
        foreach (var effect in effects)
            Write(json, effect);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, OutcomeEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, WordOf(effect.Kind));
        json.WriteString("name"u8, effect.Target);
        if (effect.Rule is { } rule)
            json.WriteString("rule"u8, rule);
        if (effect.Data is { } data)
        {
            json.WriteStartObject("data"u8);
            foreach (var (name, value) in data)
                if (value is not FieldValue.Handle)
                    json.WriteString(name, FieldText.Of(value));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> WordOf(EffectKind kind) => kind switch
    {
        EffectKind.GrantCoupon => "grant-coupon"u8,
        EffectKind.GrantBenefit => "grant-benefit"u8,
        EffectKind.EndBenefit => "end-benefit"u8,
        EffectKind.StartJourney => "start-journey"u8,
        EffectKind.SendMessage => "send-message"u8,
        EffectKind.Survey => "survey"u8,
        EffectKind.Alert => "alert"u8,
        EffectKind.Webhook => "webhook"u8,
        _ => throw new InvalidOperationException($"Unknown effect {kind}."),
    };
}
