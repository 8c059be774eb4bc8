using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>The window of a rule's budget that an event under review has drawn on.</summary>
/// <param name="Rule">Full id.</param>
public sealed record UsedBudget(
    [property: Name("k")] string Rule, [property: Name("d")] DateOnly Window);
