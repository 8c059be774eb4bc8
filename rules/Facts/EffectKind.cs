using System.Text.Json.Serialization;

namespace MallVip.Rules.Facts;

/// <summary>
/// What a rule can ask for besides points, tags, tiers and attributes. Stable names in bodies.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<EffectKind>))]
public enum EffectKind
{
    /// <summary>A coupon by its template.</summary>
    [JsonStringEnumMemberName("grant-coupon")]
    GrantCoupon = 1,
    [JsonStringEnumMemberName("grant-benefit")]
    GrantBenefit,
    [JsonStringEnumMemberName("start-journey")]
    StartJourney,
    /// <summary>A message by its template.</summary>
    [JsonStringEnumMemberName("send-message")]
    SendMessage,
    [JsonStringEnumMemberName("survey")]
    Survey,
    /// <summary>Tells the staff.</summary>
    [JsonStringEnumMemberName("alert")]
    Alert,
    [JsonStringEnumMemberName("webhook")]
    Webhook,
    /// <summary>Takes back a benefit that was granted.</summary>
    [JsonStringEnumMemberName("end-benefit")]
    EndBenefit,
}
