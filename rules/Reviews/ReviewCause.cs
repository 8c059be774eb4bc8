using MallVip.Rules.Facts;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>A guard that acted.</summary>
/// <param name="Reason">What the rule says to whoever looks.</param>
public sealed record ReviewCause(
    [property: Name("y")] RuleRef Rule, [property: Name("text")] string Reason);
