namespace MallVip.Rules.Deciding;

/// <summary>
/// Codes of <see cref="Facts.Fact.Warned"/>; their meaning stands in <see cref="WarningCatalog"/>.
/// </summary>
public static class WarningCodes
{
    public const string LinesDiffer = "lines_differ";
    public const string UnknownStore = "unknown_store";
    public const string UnknownMall = "unknown_mall";
    public const string UnknownCarPark = "unknown_car_park";
    public const string ChainTooLong = "chain_too_long";
    public const string PointsShort = "points_short";
    public const string CeilingReached = "ceiling_reached";
    public const string SpendUneven = "spend_uneven";
    public const string MemberBlocked = "member_blocked";
    public const string HoldUnknown = "hold_unknown";
    public const string RuleFailed = "rule_failed";
    public const string NegativeAmount = "negative_amount";
    public const string TierFailed = "tier_failed";
    public const string ReferrerIgnored = "referrer_ignored";
    public const string CouponFailed = "coupon_failed";
    public const string CouponUndone = "coupon_undone";
    public const string RefundWaits = "refund_waits";
    public const string RefundUnmatched = "refund_unmatched";
    public const string RefundDropped = "refund_dropped";
    public const string RefundMoved = "refund_moved";
}
