using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Returns;

/// <summary>
/// Refunds that came before their purchase. Each is accepted with a warning, settles in the very entry that
/// records its purchase, or goes to another member who has brought it, and is given up with another warning
/// when none has come in time. Both warnings stay
/// in the journal for whoever reports.
/// </summary>
public static class WaitingRefunds
{
    /// <summary>How many may wait for their purchase with one member; one more is refused.</summary>
    public const int Most = 32;

    /// <summary>How long one waits, from its arrival. After that no live event may bring its purchase any
    /// more: an event may be 30 days old, and the purchase came before the refund.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastPause = TimeSpan.FromDays(1);

    /// <summary>Accepts a refund of a receipt that nobody has.</summary>
    /// <param name="accepted">The fact behind which stands what the refund caused.</param>
    /// <returns>Null: it waits.</returns>
    internal static Decision? Park(DecisionDraft draft, MallEvent happened, RefundData refund, Fact accepted)
    {
        var waiting = draft.State.Parked.Count(parked => parked.Until is not null);
        if (waiting >= Most)
            return Refusal.Of(
                RejectionKind.UnknownReceipt, "data.receipt",
                $"{refund.Store} has no receipt {refund.Receipt}, and {waiting} refunds wait already.");
        foreach (var parked in draft.State.Parked)
            if (IsOf(parked, refund.Store, refund.Receipt) is { } other && other.Refund == refund.Refund
                && parked.Event != happened)
                return Refusal.Of(
                    RejectionKind.RefundKnown, "data.refund", $"Refund {refund.Refund} waits already.");
        draft.Add(accepted);
        var until = draft.Now + Patience;
        draft.Add(new Fact.EventParked(refund.Store, happened, until)
        {
            LookAt = NextLook(draft.Now, until),
        });
        draft.Warn(
            WarningCodes.RefundWaits,
            $"{refund.Store} has no receipt {refund.Receipt}; refund {refund.Refund} waits for it.");
        return null;
    }

    /// <summary>Settles the refunds that waited for a purchase which the draft has just recorded.</summary>
    /// <param name="begin">The purchase's first fact in the draft.</param>
    /// <param name="before">The member as of before the purchase.</param>
    internal static void Settle(
        DecisionDraft draft, int begin, MallEvent happened, PurchaseData purchase, MemberState before)
    {
        foreach (var parked in draft.State.Parked)
            if (IsOf(parked, purchase.Store, purchase.Receipt) is { } refund)
                Settle(draft, parked, refund, PurchaseHistory.InDraft(draft, begin, happened, before));
    }

    /// <summary>Settles one; what does not fit its purchase is dropped, and the warning says so.</summary>
    internal static void Settle(
        DecisionDraft draft, ParkedEvent parked, RefundData refund, PurchaseHistory history)
    {
        var settled = new Fact.EventSettled(parked.Entry);
        if (Return.Refuse(refund, history) is Decision.Rejected { Rejection: var rejection })
        {
            draft.Add(settled);
            draft.Warn(WarningCodes.RefundDropped, $"Refund {refund.Refund}: {rejection.Detail}");
            return;
        }

        Return.Decide(draft, parked.Event, refund, history, settled);
    }

    /// <summary>The purchase has not come.</summary>
    internal static void GiveUp(DecisionDraft draft, ParkedEvent parked)
    {
        var refund = (RefundData)parked.Event.Data;
        draft.Add(new Fact.EventSettled(parked.Entry));
        draft.Warn(
            WarningCodes.RefundUnmatched,
            $"Refund {refund.Refund}: receipt {refund.Receipt} of {refund.Store} has not come.");
    }

    /// <summary>Nobody has the purchase yet.</summary>
    internal static void LookLater(DecisionDraft draft, ParkedEvent parked) => draft.Add(
        new Fact.RefundPostponed(parked.Entry, NextLook(draft.Now, parked.Until!.Value)));

    /// <summary>Two members have become one: what waited with either is looked for at once.</summary>
    internal static void LookNow(DecisionDraft draft)
    {
        foreach (var parked in draft.State.Parked)
            if (parked.Until is not null)
                draft.Add(new Fact.RefundPostponed(parked.Entry, draft.Now));
    }

    /// <summary>Often at first, then daily, and last just before it is given up; null: no more.</summary>
    private static DateTimeOffset? NextLook(DateTimeOffset now, DateTimeOffset until)
    {
        var waited = now - (until - Patience);
        var pause = waited < FirstPause ? FirstPause : waited > LastPause ? LastPause : waited;
        var last = until - FirstPause;
        return now >= last ? null : now + pause < last ? now + pause : last;
    }

    private static RefundData? IsOf(ParkedEvent parked, string store, string receipt) =>
        parked.Event.Data is RefundData refund && refund.Store == store && refund.Receipt == receipt
            ? refund
            : null;
}
