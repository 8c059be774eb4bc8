using System.Text.Json.Serialization;

namespace MallVip.Rules.Coupons;

/// <summary>Who granted a coupon. Stable names in bodies.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CouponCause>))]
public enum CouponCause
{
    /// <summary>An operator, by hand.</summary>
    [JsonStringEnumMemberName("hand")]
    Hand = 1,
    [JsonStringEnumMemberName("rule")]
    Rule,
    /// <summary>A list for many members.</summary>
    [JsonStringEnumMemberName("list")]
    List,
    /// <summary>The member.</summary>
    [JsonStringEnumMemberName("claim")]
    Claim,
    /// <summary>A reward that the member has ordered.</summary>
    [JsonStringEnumMemberName("reward")]
    Reward,
}
