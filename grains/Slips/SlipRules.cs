using MallVip.Rules.Events;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Slips;

/// <summary>Which slips are taken, and what may be decided about one.</summary>
internal static class SlipRules
{
    /// <summary>How far a slip's time may be ahead of the clock: as that of an event.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>Why not; <see cref="SlipRefusal.None"/>: it may wait.</summary>
    public static SlipRefusal Refuse(
        SlipState state, SlipOrder order, Programme programme, DateTimeOffset now)
    {
        if (programme.DeskReceipts is not { } settings)
            return SlipRefusal.Off;
        if (!programme.Stores.TryGetValue(((PurchaseData)order.Event.Data).Store, out var store))
            return SlipRefusal.UnknownStore;
        if (order.Event.Time > now + MaxAhead)
            return SlipRefusal.InFuture;
        var oldest = ZoneTime.Day(now, store.Mall.Zone).AddDays(-settings.OldestDays);
        if (ZoneTime.Day(order.Event.Time, store.Mall.Zone) < oldest)
            return SlipRefusal.TooOld;
        return state.Latest is { IsOpen: true } ? SlipRefusal.Waits : SlipRefusal.None;
    }

    /// <summary>Why not; <see cref="SlipRefusal.None"/>: it may.</summary>
    /// <param name="now">A slip whose time is over is not approved, whether or not that has been
    /// noted.</param>
    public static SlipRefusal Refuse(Slip slip, SlipDecision decision, DateTimeOffset now) =>
        decision.Verb switch
        {
            SlipVerb.Approve when slip.Status == SlipStatus.Waiting && slip.HandedIn.By == decision.By =>
                SlipRefusal.SameOperator,
            SlipVerb.Approve when slip.Status == SlipStatus.Waiting =>
                now < slip.HandedIn.Until ? SlipRefusal.None : SlipRefusal.NotNow,
            SlipVerb.Approve =>
                slip.ApprovedBy == decision.By ? SlipRefusal.None : SlipRefusal.NotNow,
            _ when slip.Status == SlipStatus.Waiting || slip.Declined?.By == decision.By => SlipRefusal.None,
            _ => SlipRefusal.NotNow,
        };
}
