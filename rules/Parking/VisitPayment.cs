using System.Collections.Immutable;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Parking;

/// <summary>A payment of a visit: what was freed and what was paid, up to an instant.</summary>
/// <param name="Id">Names it for ever.</param>
/// <param name="Through">The visit was worked out as if it ended then.</param>
/// <param name="Uses">In the order in which they free minutes.</param>
/// <param name="Money">What was paid outside, in the mall's currency.</param>
public sealed record VisitPayment(
    [property: Name("i")] string Id, [property: Name("t")] DateTimeOffset Through,
    ImmutableArray<ParkingUse> Uses, [property: Name("m")] decimal Money)
{
    /// <summary>Who used free time or points; null: nobody did.</summary>
    [Name("who")]
    public MemberId? Member { get; init; }

    /// <summary>The points in it.</summary>
    [Name("a")]
    public Points Points { get; init; }

    /// <summary>The id of the payment outside; null: nothing was paid in money.</summary>
    [Name("o")]
    public string? Outside { get; init; }

    [Name("u")]
    public ImmutableArray<ParkingUse> Uses { get; init; } = Uses.IsDefault ? [] : Uses;
}
