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

    public static Decision? Refuse(MallEvent happened, DecideContext context)
    {
        if (!context.Run && happened.Time - context.Now > MaxAhead)
            return Refusal.Of(
                RejectionKind.TimeInFuture, "time", $"{happened.Time:O} is ahead of {context.Now:O}.");
        if (!context.Run && context.Now - happened.Time > MaxBehind)
            return Refusal.Of(
                RejectionKind.TimeTooOld, "time", $"{happened.Time:O} is behind {context.Now:O}.");
        return happened.Data switch
        {
            PurchaseData purchase => Refuse(purchase),
            RefundData refund => Refuse(refund),
            _ => null,
        };
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
