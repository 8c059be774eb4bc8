namespace MallVip.Rules.Deciding;

/// <summary>
/// Every reason to refuse a command, in the order in which they are asked. See <c>docs/errors.md</c>.
/// </summary>
public enum RejectionKind
{
    /// <summary>The id belongs to no member.</summary>
    UnknownMember,
    /// <summary>The member exists already.</summary>
    AlreadyEnrolled,
    /// <summary>The identity belongs to another member.</summary>
    IdentityTaken,
    /// <summary>The identity is not the member's.</summary>
    IdentityNotHeld,
    /// <summary>The member has no other identity, and the caller may not take the last one.</summary>
    LastIdentity,
    /// <summary>The member's status does not allow it.</summary>
    MemberBlocked,
    /// <summary>The member has claimed as many events on this day, or tried in vain as often, as it may.
    /// </summary>
    ClaimLimited,
    /// <summary>The event's time is more than 5 minutes ahead of the clock.</summary>
    TimeInFuture,
    /// <summary>The event's time is more than 30 days behind the clock.</summary>
    TimeTooOld,
    /// <summary>An amount is outside its range.</summary>
    AmountOutOfRange,
    /// <summary>The wallet is not declared.</summary>
    UnknownWallet,
    /// <summary>The wallet only counts; it cannot be spent.</summary>
    WalletNotSpendable,
    /// <summary>The wallet is not spent in such an amount.</summary>
    InvalidSpend,
    /// <summary>The wallet would hold more than its ceiling.</summary>
    CeilingExceeded,
    /// <summary>Fewer points available than asked for.</summary>
    InsufficientPoints,
    /// <summary>The sender of a transfer is its receiver.</summary>
    TransferToSelf,
    /// <summary>The member is to be merged into itself.</summary>
    MergeWithSelf,
    /// <summary>The member has become a part of another one, or is on its way.</summary>
    MemberMerged,
    /// <summary>The member cannot be merged at present.</summary>
    MergeBlocked,
    /// <summary>The hold is not open (any more).</summary>
    UnknownHold,
    /// <summary>The hold's end is not within the next 30 days, or the member has too many.</summary>
    InvalidHold,
    /// <summary>The points' new end is not ahead of the clock.</summary>
    InvalidEnd,
    /// <summary>The tier is not declared.</summary>
    UnknownTier,
    /// <summary>The end of a given tier is not ahead, or no tier was given that could end.</summary>
    InvalidTierGrant,
    /// <summary>The member has earned the tier, or a higher one, for as long.</summary>
    TierEarned,
    /// <summary>A tag is not well-formed or its end is in the past.</summary>
    InvalidTag,
    /// <summary>The free parking time is not the member's (any more).</summary>
    ParkingTimeGone,
    /// <summary>The receipt is recorded already under another event.</summary>
    ReceiptKnown,
    /// <summary>No purchase has this store and receipt, and too many refunds wait for theirs.</summary>
    UnknownReceipt,
    /// <summary>The member has no points that are meant.</summary>
    NoSuchPoints,
    /// <summary>The refund is recorded already for this purchase under another event.</summary>
    RefundKnown,
    /// <summary>The returned line does not exist in the purchase.</summary>
    UnknownLine,
    /// <summary>More is returned than was bought and not returned yet.</summary>
    ReturnExceedsPurchase,
    /// <summary>The coupon template is not declared.</summary>
    UnknownTemplate,
    /// <summary>Coupons of the template come from a stock alone.</summary>
    CouponNeedsStock,
    /// <summary>The member has been granted as many coupons of the template as it may.</summary>
    CouponLimited,
    /// <summary>The member has no such coupon.</summary>
    UnknownCoupon,
    /// <summary>The coupon has expired or was taken back.</summary>
    CouponExpired,
    /// <summary>The coupon is not taken yet.</summary>
    CouponNotYetValid,
    /// <summary>The coupon has been redeemed as often as it may, or with this receipt.</summary>
    CouponUsed,
    /// <summary>Another till or receipt has reserved the coupon.</summary>
    CouponReserved,
    /// <summary>The coupon is not reserved (any more).</summary>
    CouponNotReserved,
    /// <summary>The coupon is not for this store, time, tier or basket.</summary>
    CouponOutOfScope,
    /// <summary>The basket is below the least that the coupon wants.</summary>
    CouponBelowThreshold,
    /// <summary>The coupon cannot stand beside another one of the receipt.</summary>
    CouponExcluded,
    /// <summary>The coupon has not been redeemed with this receipt, or that was undone.</summary>
    CouponNotRedeemed,
    /// <summary>The template keeps coupons that were redeemed.</summary>
    CouponKept,
    /// <summary>The reward is not declared.</summary>
    UnknownReward,
    /// <summary>The reward is not to be had at this mall, now, or for the member's tier.</summary>
    RewardUnavailable,
    /// <summary>The member has ordered as many as it may.</summary>
    RewardLimited,
    /// <summary>The order is not the member's.</summary>
    UnknownOrder,
    /// <summary>Nobody has paid or picked up the order in time.</summary>
    OrderExpired,
    /// <summary>The order was picked up, called off or brought back.</summary>
    OrderOver,
    /// <summary>The order's cash price is to be paid first.</summary>
    OrderUnpaid,
    /// <summary>Nothing of the order is to be paid.</summary>
    OrderPaid,
    /// <summary>The order has not been picked up.</summary>
    OrderNotPickedUp,
    /// <summary>The order is not called off, or not taken back (any more).</summary>
    OrderKept,
    /// <summary>The reward is not handed over at this desk.</summary>
    UnknownDesk,

    /// <summary>The review is not the member's.</summary>
    UnknownReview,
    /// <summary>The review has ended the other way.</summary>
    ReviewEnded,
    /// <summary>The review is of the operator's own event, sale or account.</summary>
    OwnReview,
    /// <summary>A balance would leave the range of ±10^15.</summary>
    PointsOverflow,
}
