using System.Text.Json.Serialization;

namespace MallVip.Rules.Catalogue;

/// <summary>Where an order stands. Stable names in bodies and on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Its cash price is to be paid.</summary>
    [JsonStringEnumMemberName("unpaid")]
    Unpaid = 1,
    /// <summary>It waits for its member.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,
    /// <summary>The member has it.</summary>
    [JsonStringEnumMemberName("picked-up")]
    PickedUp,
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
    /// <summary>Nobody paid or picked it up in time.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,
    /// <summary>The member has brought it back.</summary>
    [JsonStringEnumMemberName("returned")]
    Returned,
}
