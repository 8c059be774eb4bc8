using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>The window of a rule's limit or a wallet's cap that an event under review has used.</summary>
/// <param name="Key">As <see cref="Facts.Fact.LimitUsed.Key"/>.</param>
public sealed record UsedLimit(
    [property: Name("k")] string Key,
    [property: Name("d")] DateOnly Window,
    [property: Name("x")] DateOnly Ends);
