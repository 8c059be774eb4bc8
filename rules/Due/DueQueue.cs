using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Due;

/// <summary>A member's due work, read from the state: nothing is scheduled apart from it.</summary>
public static class DueQueue
{
    /// <summary>The earliest instant at which the member has work; null: none. Never late.</summary>
    public static DateTimeOffset? NextDue(MemberState state, Programme programme) =>
        WithSagas(state, First(state, programme)?.At);

    /// <summary>The earlier of an instant and of those at which transfers, a merge and a referral are
    /// carried on, and purchases of waiting refunds are looked for. They are no work of the decider's:
    /// another member has to be asked.</summary>
    internal static DateTimeOffset? WithSagas(MemberState state, DateTimeOffset? next)
    {
        if (state.Merge is { } merge)
            return merge.IsOver ? null : merge.DriveAt;
        if (state.Referral is { Ended: null } owed && (next is null || owed.DriveAt < next))
            next = owed.DriveAt;
        foreach (var parked in state.Parked)
            if (parked.LookAt is { } look && (next is null || look < next))
                next = look;
        foreach (var transfer in state.Transfers)
            if (next is null || transfer.DriveAt < next)
                next = transfer.DriveAt;
        if (!state.Returning.IsEmpty)
            return DateTimeOffset.UnixEpoch;
        foreach (var ask in state.Coupons?.Asks ?? [])
            if (next is null || ask.DriveAt < next)
                next = ask.DriveAt;
        return next;
    }

    /// <summary>The first item by (instant, kind, number). Who is on its way into another has none: the
    /// other one does all of it.</summary>
    internal static DueItem? First(MemberState state, Programme programme)
    {
        DueItem? first = null;
        if (state.Id is null || state.Merge is not null)
            return first;
        foreach (ref readonly var lot in state.Lots.AsSpan())
        {
            Offer(
                ref first, lot.ActivatesAt, lot.Unconfirmed ? DueKind.Expire : DueKind.Activate, lot.Number);
            if (lot.ExpiresAt is { } end && Spending.Lapsing(state, lot) > Points.Zero)
                Offer(ref first, end, DueKind.Expire, lot.Number);
        }

        for (var i = 0; i < state.Orders.Length; i++)
            if (state.Orders[i].IsOpen)
                Offer(ref first, state.Orders[i].Until, DueKind.Order, i);
        for (var i = 0; i < state.OpenHolds.Length; i++)
            Offer(ref first, state.OpenHolds.ItemRef(i).Until, DueKind.Hold, i);

        Offer(ref first, state.Tier?.Until, DueKind.Tier, 0);
        Offer(ref first, state.Tier?.Grant?.Earned?.Until, DueKind.Tier, 0);
        for (var i = 0; i < state.Tags.Length; i++)
            Offer(ref first, state.Tags.ItemRef(i).Until, DueKind.Tag, i);
        if (state.Coupons is { } book)
            foreach (ref readonly var coupon in book.Coupons.AsSpan())
            {
                Offer(ref first, coupon.Hold?.Until, DueKind.CouponHold, coupon.Number);
                if (coupon.Left > 0)
                    Offer(ref first, coupon.Until, DueKind.Coupon, coupon.Number);
            }

        Offer(ref first, Birthdays.Next(state, programme), DueKind.Birthday, 0);
        for (var i = 0; i < programme.Timed.Length; i++)
            Offer(ref first, TimedEvents.Next(state, programme, programme.Timed[i]), DueKind.Timed, i);
        for (var i = 0; i < state.Parked.Length; i++)
            Offer(ref first, state.Parked[i].Until, DueKind.Refund, i);
        return first;
    }

    private static void Offer(ref DueItem? first, DateTimeOffset? at, DueKind kind, int number)
    {
        if (at is not { } instant)
            return;
        var item = new DueItem(instant, kind, number);
        if (first is not { } best || item.IsBefore(best))
            first = item;
    }
}
