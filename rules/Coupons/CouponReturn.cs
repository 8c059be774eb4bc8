namespace MallVip.Rules.Coupons;

/// <summary>What a return of the purchase does with a coupon that was redeemed on it.</summary>
public enum CouponReturn
{
    /// <summary>The member may use it again, while it lasts.</summary>
    GiveBack,
    /// <summary>It stays redeemed.</summary>
    Keep,
    /// <summary>It is void, further uses too.</summary>
    Void,
}
