using System.Text.Json.Serialization;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>Whether a member takes part; what each blocks stands in <see cref="Standing"/>. Stable names in
/// bodies.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemberStatus>))]
public enum MemberStatus
{
    [JsonStringEnumMemberName("active")]
    Active = 0,
    /// <summary>Whoever has the card now must not use the points.</summary>
    [JsonStringEnumMemberName("card-lost")]
    CardLost,
    /// <summary>Under inquiry: nothing leaves and nothing comes from others.</summary>
    [JsonStringEnumMemberName("frozen")]
    Frozen,
    /// <summary>Found to abuse the programme: purchases are recorded and give nothing.</summary>
    [JsonStringEnumMemberName("blacklisted")]
    Blacklisted,
    /// <summary>Left the programme.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}

/// <summary>A member's status, since when and why.</summary>
/// <param name="Reason">What the operator gave.</param>
public sealed record StatusState(
    [property: Name("s")] MemberStatus Status,
    [property: Name("at")] DateTimeOffset Since,
    [property: Name("text")] string? Reason);
