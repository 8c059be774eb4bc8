using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Parking;

/// <summary>Free time that a visit uses, or that a member has used on a day.</summary>
/// <param name="Source">A word of <see cref="ParkingEntitlement"/>; for a member's spend with the mall behind
/// a colon.</param>
/// <param name="Day">The mall-local day it belongs to; null: to none.</param>
/// <param name="Minutes">Above 0.</param>
public sealed record ParkingUse(
    [property: Name("s")] string Source, [property: Name("d")] DateOnly? Day,
    [property: Name("m")] int Minutes)
{
    /// <summary>The number of the coupon that frees it, which is used up by that; 0: it is of none.</summary>
    [Name("c")]
    public int Coupon { get; init; }
}
