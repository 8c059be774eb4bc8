using System.Collections.Frozen;
using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The event types that need no declaration.</summary>
internal static class KnownEvents
{
    /// <summary>Types that are made here, by time or by what rules do, and cannot be sent.</summary>
    public static FrozenSet<string> Made { get; } = FrozenSet.ToFrozenSet(
    [
        EventTypes.MemberBirthday, EventTypes.TierChanged, EventTypes.TagAdded, EventTypes.PointsEarned,
        EventTypes.MemberInactive, EventTypes.PointsExpiring, EventTypes.TierEnding, EventTypes.TierRenewed,
        EventTypes.CouponExpiring,
        EventTypes.AchievementReached, EventTypes.ReferralCompleted, EventTypes.FriendPurchased,
        EventTypes.ReceiptContested,
    ], StringComparer.Ordinal);

    /// <summary>All of them, those that are made here included.</summary>
    public static FrozenSet<string> BuiltIn { get; } = FrozenSet.ToFrozenSet(
    [
        EventTypes.Purchase, EventTypes.Refund, EventTypes.ParkingEntry, EventTypes.ParkingExit,
        EventTypes.VisitDoor, EventTypes.VisitWifi, EventTypes.AppOpened, EventTypes.AppViewed,
        EventTypes.AppCheckin, EventTypes.ContentOpened, EventTypes.ContentClicked,
            EventTypes.MemberRegistered,
        EventTypes.MemberUpdated, .. Made,
    ], StringComparer.Ordinal);

    /// <summary>Those that may count for achievements: what is sent, but no returns, and what friends buy.
    /// </summary>
    public static IEnumerable<string> Counted => BuiltIn.Except(Made)
        .Where(type => type != EventTypes.Refund).Append(EventTypes.FriendPurchased);

    /// <summary>Whether rules may wait for it; an event of time names its days.</summary>
    public static bool CanBeAwaited(string type, Declarations declared) =>
        (BuiltIn.Contains(type) && TimedEvent.KindOf(type) is null) ||
        declared.EventTypes.ContainsKey(type) || TimedEvent.Parse(type) is not null;
}
