using System.Collections.Frozen;
using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The event types that need no declaration.</summary>
internal static class KnownEvents
{
    /// <summary>All of them, the one made by time included.</summary>
    public static FrozenSet<string> BuiltIn { get; } = FrozenSet.ToFrozenSet(
    [
        EventTypes.Purchase, EventTypes.Refund, EventTypes.ParkingEntry, EventTypes.ParkingExit,
        EventTypes.VisitDoor, EventTypes.VisitWifi, EventTypes.AppOpened, EventTypes.AppViewed,
        EventTypes.AppCheckin, EventTypes.ContentOpened, EventTypes.ContentClicked,
            EventTypes.MemberRegistered,
        EventTypes.MemberUpdated, EventTypes.MemberBirthday,
    ], StringComparer.Ordinal);
}
