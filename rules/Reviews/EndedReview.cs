using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>What was said of a review.</summary>
public sealed record EndedReview(
    [property: Name("i")] string Id, [property: Name("how")] ReviewEnd How);
