namespace MallVip.Rules.Parking;

/// <summary>A line of a fee, as a shopper reads it.</summary>
/// <param name="From">The first minute.</param>
/// <param name="To">The first minute that is not in it any more.</param>
/// <param name="Minutes">How many of them count for this line; others between lie in other lines.</param>
/// <param name="Rate">The rate of paid minutes; null: they are free.</param>
/// <param name="Free">Why they are free: <c>free</c> for the tariff's own, else the entitlement. Null: they
/// are paid.</param>
/// <param name="Price">Of a block.</param>
/// <param name="Per">Minutes of a block.</param>
/// <param name="Blocks">Blocks that began in it.</param>
/// <param name="Amount">Blocks times price, less what a cap cuts.</param>
public sealed record FeePart(
    DateTimeOffset From, DateTimeOffset To, int Minutes, string? Rate, string? Free, decimal Price, int Per,
    int Blocks, decimal Amount)
{
    /// <summary>What a cap took off.</summary>
    public decimal Cut => (Price * Blocks) - Amount;
}
