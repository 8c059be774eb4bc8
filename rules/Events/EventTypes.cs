namespace MallVip.Rules.Events;

/// <summary>The CloudEvents <c>type</c> of every event that MallVip knows without a declaration.</summary>
public static class EventTypes
{
    public const string Purchase = "mall.purchase";
    public const string Refund = "mall.refund";
    public const string ParkingEntry = "parking.entry";
    public const string ParkingExit = "parking.exit";
    public const string VisitDoor = "visit.door";
    public const string VisitWifi = "visit.wifi";
    public const string AppOpened = "app.opened";
    public const string AppViewed = "app.viewed";
    public const string AppCheckin = "app.checkin";
    public const string ContentOpened = "content.opened";
    public const string ContentClicked = "content.clicked";
    public const string MemberRegistered = "member.registered";
    public const string MemberUpdated = "member.updated";

    /// <summary>
    /// Made by time, not sent: 00:00 of the member's birthday in the programme's time zone.
    /// </summary>
    public const string MemberBirthday = "member.birthday";

    /// <summary>Made by what an event caused, in the same evaluation: the tier is another one.</summary>
    public const string TierChanged = "tier.changed";

    /// <summary>Made by time or by what an event caused: a tier was kept at its end, or in its days of
    /// grace.</summary>
    public const string TierRenewed = "tier.renewed";

    /// <summary>Made by what an event caused: the member has a tag that was not there before.</summary>
    public const string TagAdded = "tag.added";

    /// <summary>Made by what an event caused: rules gave points.</summary>
    public const string PointsEarned = "points.earned";

    /// <summary>Made by what an event caused: the goal of an achievement has come together.</summary>
    public const string AchievementReached = "achievement.reached";

    /// <summary>Made by a first purchase, in the same evaluation: the member whom somebody brought has
    /// bought. </summary>
    public const string ReferralCompleted = "referral.completed";

    /// <summary>Made by another member's first purchase, which this one had brought.</summary>
    public const string FriendPurchased = "friend.purchased";

    /// <summary>Made when a purchase is refused because another member has the receipt, of who came second.
    /// </summary>
    public const string ReceiptContested = "receipt.contested";

    /// <summary>Made by time; rules name it with days, <c>member.inactive(60d)</c>.</summary>
    public const string MemberInactive = "member.inactive";

    /// <summary>Made by time; rules name it with days, <c>points.expiring(7d)</c>.</summary>
    public const string PointsExpiring = "points.expiring";

    /// <summary>Made by time: coupons of a template end in so many days.</summary>
    public const string CouponExpiring = "coupon.expiring";

    /// <summary>Made by time; rules name it with days, <c>tier.ending(30d)</c>.</summary>
    public const string TierEnding = "tier.ending";

    /// <summary>Whether events of a type follow from what rules do.</summary>
    public static bool IsChained(string type) =>
        type is TierChanged or TierRenewed or TagAdded or PointsEarned or AchievementReached
            or ReferralCompleted;
}
