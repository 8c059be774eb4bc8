using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>Which times and amounts an event may carry.</summary>
internal static class EventRange
{
    /// <summary>How far a live event's time may be ahead of the clock.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>How far a live event's time may be behind the clock.</summary>
    public static readonly TimeSpan MaxBehind = TimeSpan.FromDays(30);

    /// <summary>No event is older, in a run either: days and lots are counted from here.</summary>
    public static readonly DateTimeOffset Oldest = DateTimeOffset.UnixEpoch;

    /// <summary>No event is later, in a run either: what lapses after years must still have a date.</summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Decision? Refuse(MallEvent happened, DecideContext context)
    {
        if (RefuseTime(happened.Time, context) is { } refusal)
            return refusal;
        return happened.Data switch
        {
            PurchaseData purchase => Refuse(purchase),
            RefundData refund => Refuse(refund),
            _ => null,
        };
    }

    /// <summary>Any time from 1970 to 2199: for enrolments, which may lie in the past.</summary>
    public static Decision? RefuseYear(DateTimeOffset time) => Refuse(time, Oldest, Latest);

    /// <summary>Live: near its arrival. In a run: any time from 1970 to 2199.</summary>
    private static Decision? RefuseTime(DateTimeOffset time, DecideContext context)
    {
        var arrived = context.Arrived ?? context.Now;
        return context.Run ? RefuseYear(time) : Refuse(time, arrived - MaxBehind, arrived + MaxAhead);
    }

    private static Decision? Refuse(DateTimeOffset time, DateTimeOffset from, DateTimeOffset to)
    {
        if (time > to)
            return Refusal.Of(RejectionKind.TimeInFuture, "time", $"{time:O} is after {to:O}.");
        return time < from
            ? Refusal.Of(RejectionKind.TimeTooOld, "time", $"{time:O} is before {from:O}.")
            : null;
    }

    private static Decision? Refuse(PurchaseData purchase)
    {
        if (!IsPaid(purchase.Paid))
            return OutOfRange("data.paid", purchase.Paid.Amount);
        if (purchase.PointsUsed.Value is < 0 or > Points.Limit)
            return OutOfRange("data.pointsUsed", purchase.PointsUsed.Value);
        for (var i = 0; i < purchase.Lines.Length; i++)
        {
            if (Math.Abs(purchase.Lines[i].Paid.Amount) > Money.Limit)
                return OutOfRange($"data.lines[{i}].paid", purchase.Lines[i].Paid.Amount);
            if (Math.Abs(purchase.Lines[i].Qty) > Money.Limit)
                return OutOfRange($"data.lines[{i}].qty", purchase.Lines[i].Qty);
        }

        return null;
    }

    private static Decision? Refuse(RefundData refund)
    {
        if (!IsPaid(refund.Paid) || (refund.Paid == Money.Zero && refund.Lines.IsEmpty))
            return OutOfRange("data.paid", refund.Paid.Amount);
        for (var i = 0; i < refund.Lines.Length; i++)
        {
            if (!IsPaid(refund.Lines[i].Paid))
                return OutOfRange($"data.lines[{i}].paid", refund.Lines[i].Paid.Amount);
            if (refund.Lines[i].Qty <= 0)
                return OutOfRange($"data.lines[{i}].qty", refund.Lines[i].Qty);
        }

        return null;
    }

    private static bool IsPaid(Money paid) => paid.Amount is >= 0 and <= Money.Limit;

    private static Decision OutOfRange(string field, decimal value) =>
        Refusal.Of(RejectionKind.AmountOutOfRange, field, $"{value} is outside the range of {field}.");
}
