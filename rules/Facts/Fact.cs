using System.Text.Json.Serialization;

namespace MallVip.Rules.Facts;

/// <summary>
/// What a decision changed. Facts are persisted for ever under their short names: a record here may gain
/// optional members, never lose or rename one. <see cref="MemberFold"/> is the only reader that turns them
/// into state.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Enrolled), "enrolled")]
[JsonDerivedType(typeof(IdentityLinked), "linked")]
[JsonDerivedType(typeof(IdentityReleased), "unlinked")]
[JsonDerivedType(typeof(IdentityVerified), "verified")]
[JsonDerivedType(typeof(AttributeSet), "attr")]
[JsonDerivedType(typeof(ConsentSet), "consent")]
[JsonDerivedType(typeof(Referred), "referred")]
[JsonDerivedType(typeof(EventCounted), "event")]
[JsonDerivedType(typeof(Purchased), "bought")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Visited), "visited")]
[JsonDerivedType(typeof(Earned), "earned")]
[JsonDerivedType(typeof(Activated), "active")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Extended), "extended")]
[JsonDerivedType(typeof(SpentPoints), "spent")]
[JsonDerivedType(typeof(PointsHeld), "held")]
[JsonDerivedType(typeof(HoldEnded), "hold-end")]
[JsonDerivedType(typeof(TransferSent), "sent")]
[JsonDerivedType(typeof(TransferRefused), "not-received")]
[JsonDerivedType(typeof(TransferEnded), "sent-end")]
[JsonDerivedType(typeof(Transferred), "moved")]
[JsonDerivedType(typeof(MergeStarted), "merge")]
[JsonDerivedType(typeof(Absorbed), "absorbed")]
[JsonDerivedType(typeof(WalletJoined), "joined")]
[JsonDerivedType(typeof(MergeRefused), "not-absorbed")]
[JsonDerivedType(typeof(WalletLeft), "left")]
[JsonDerivedType(typeof(MergeEnded), "merge-end")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
[JsonDerivedType(typeof(Reversed), "reversed")]
[JsonDerivedType(typeof(LimitUsed), "limit")]
[JsonDerivedType(typeof(BudgetUsed), "budget")]
[JsonDerivedType(typeof(StatusChanged), "status")]
[JsonDerivedType(typeof(TierChanged), "tier")]
[JsonDerivedType(typeof(TagAdded), "tagged")]
[JsonDerivedType(typeof(TagRemoved), "untagged")]
[JsonDerivedType(typeof(AchievementCounted), "counted")]
[JsonDerivedType(typeof(AchievementReached), "reached")]
[JsonDerivedType(typeof(ReferralCompleted), "brought")]
[JsonDerivedType(typeof(ReferralPostponed), "brought-later")]
[JsonDerivedType(typeof(ReferralEnded), "brought-end")]
[JsonDerivedType(typeof(FriendPurchased), "friend")]
[JsonDerivedType(typeof(CouponGranted), "coupon")]
[JsonDerivedType(typeof(CouponReserved), "coupon-held")]
[JsonDerivedType(typeof(CouponReleased), "coupon-free")]
[JsonDerivedType(typeof(CouponRedeemed), "coupon-used")]
[JsonDerivedType(typeof(CouponReturned), "coupon-back")]
[JsonDerivedType(typeof(CouponEnded), "coupon-end")]
[JsonDerivedType(typeof(CouponAsked), "coupon-ask")]
[JsonDerivedType(typeof(CouponAskEnded), "coupon-ask-end")]
[JsonDerivedType(typeof(PieceReturned), "piece-back")]
[JsonDerivedType(typeof(Effect), "effect")]
[JsonDerivedType(typeof(ParkingEntered), "parked-in")]
[JsonDerivedType(typeof(ParkingLeft), "parked-out")]
[JsonDerivedType(typeof(ParkingUsed), "parked-free")]
[JsonDerivedType(typeof(EventParked), "waiting")]
[JsonDerivedType(typeof(EventSettled), "settled")]
[JsonDerivedType(typeof(RefundPostponed), "refund-later")]
[JsonDerivedType(typeof(Fired), "fired")]
[JsonDerivedType(typeof(Warned), "warned")]
public abstract partial record Fact
{
    private Fact()
    {
    }
}
