namespace MallVip.Rules.Parking;

/// <summary>What who pays wants to use.</summary>
/// <param name="Points">The most points; 0: none.</param>
/// <param name="Coupon">Minutes of the coupon presented; 0: none.</param>
/// <param name="Granted">Minutes that the staff gave the visit and that are left.</param>
public sealed record ParkingWish(long Points, int Coupon, int Granted)
{
    /// <summary>The coupon's number with the member; 0: none is presented.</summary>
    public int Number { get; init; }
}
