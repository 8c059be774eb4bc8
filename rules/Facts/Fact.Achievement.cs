using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about achievements.</summary>
public abstract partial record Fact
{
    /// <summary>An event counts for an achievement, or (below 0) a return takes that back.</summary>
    /// <param name="Day">The event's mall-local day.</param>
    public sealed record AchievementCounted(
        [property: Name("i")] string Achievement, [property: Name("d")] DateOnly Day,
        [property: Name("a")] decimal Amount) : Fact;

    /// <summary>The goal has come together.</summary>
    /// <param name="Day">The mall-local day of the event that did it.</param>
    /// <param name="Times">How often at once: 1, unless one event brings the goal several times.</param>
    public sealed record AchievementReached(
        [property: Name("i")] string Achievement, [property: Name("d")] DateOnly Day,
        [property: Name("n")] int Times) : Fact;
}
