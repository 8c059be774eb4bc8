using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about points that are set aside: no line of the ledger, until they are spent.</summary>
public abstract partial record Fact
{
    /// <summary>Points are set aside: they count in the balance, but nobody else may spend them.</summary>
    /// <param name="Until">The first instant at which they are free again.</param>
    public sealed record PointsHeld(
        [property: Name("h")] string Hold,
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("until")] DateTimeOffset Until,
        [property: Name("text")] string? Reason) : Fact;

    /// <summary>Held points are free again. What of them was spent follows as a line of its own.</summary>
    /// <param name="Amount">All that was held.</param>
    /// <param name="Cause"><c>captured</c>, <c>released</c> or <c>ended</c>.</param>
    public sealed record HoldEnded(
        [property: Name("h")] string Hold,
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("by")] string Cause) : Fact;
}
