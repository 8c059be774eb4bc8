using MallVip.Rules.Reviews;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about events under review.</summary>
public abstract partial record Fact
{
    /// <summary>A guard acted on the event. What that leads to says the <see cref="ReviewOpened"/> after it.
    /// </summary>
    public sealed record Flagged(
        [property: Name("y")] RuleRef Why, [property: Name("text")] string Reason) : Fact;

    /// <summary>The member has brought a receipt that another one has; it was refused.</summary>
    public sealed record ReceiptContested(
        [property: Name("s")] string Store, [property: Name("r")] string Receipt) : Fact;

    /// <summary>The points that the event has earned wait for an operator.</summary>
    public sealed record ReviewOpened([property: Name("rv")] Review Review) : Fact;

    /// <summary>The receipt of points that wait for that as well was confirmed meanwhile.</summary>
    public sealed record ReviewConfirmed([property: Name("i")] string Review) : Fact;

    /// <summary>An operator has said what becomes of the points. What that does to the ledger stands behind
    /// this fact.</summary>
    /// <param name="By">Who said so; null: nobody that is known.</param>
    /// <param name="Store">The purchase's; null: it was none.</param>
    public sealed record ReviewEnded(
        [property: Name("i")] string Review,
        [property: Name("how")] ReviewEnd How,
        [property: Name("text")] string Reason,
        [property: Name("by")] string? By,
        [property: Name("s")] string? Store,
        [property: Name("r")] string? Receipt) : Fact;
}
