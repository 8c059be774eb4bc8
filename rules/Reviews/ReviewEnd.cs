using System.Text.Json.Serialization;

namespace MallVip.Rules.Reviews;

/// <summary>How a review ends. Stable names in bodies.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewEnd>))]
public enum ReviewEnd
{
    /// <summary>The points are as if they had never been held.</summary>
    [JsonStringEnumMemberName("released")]
    Released = 1,
    /// <summary>The points are taken back, with what they used of limits and budgets.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}
