using System.Collections.Immutable;

namespace MallVip.Rules.Deciding;

/// <summary>What a warning means, in English, for <c>docs/errors.md</c>.</summary>
/// <param name="Code">snake_case, stable for ever.</param>
public sealed record WarningInfo(string Code, string Title, string Hint);

/// <summary>All warnings that an accepted event can carry.</summary>
public static class WarningCatalog
{
    public static ImmutableArray<WarningInfo> All { get; } =
    [
        new(WarningCodes.LinesDiffer, "The lines do not add up to what was paid.",
            "What was paid counts. Check the till's rounding and discounts."),
        new(WarningCodes.UnknownStore, "The store is not declared.",
            "The event waits and settles when programme.yaml declares the store."),
        new(WarningCodes.UnknownMall, "The mall is not declared.",
            "No visit was counted. Declare the mall in programme.yaml."),
        new(WarningCodes.UnknownCarPark, "The car park is not declared.",
            "The session is kept; no visit was counted. Declare the car park in programme.yaml."),
        new(WarningCodes.PointsShort, "Fewer points were there than the purchase used.",
            "What was there is spent; the rest is recorded as short."),
        new(WarningCodes.CeilingReached, "The wallet holds as much as it may.",
            "What goes beyond was not earned. Points that are spent make room."),
        new(WarningCodes.SpendUneven,
            "The purchase used points in an amount in which the wallet is not spent.",
            "They are spent all the same. Let the till offer the steps of programme.yaml."),
        new(WarningCodes.MemberBlocked, "The member's status keeps points from being earned or used.",
            "The purchase is recorded without them. An operator can lift the status."),
        new(WarningCodes.HoldUnknown, "The hold that the purchase names is not open.",
            "The points it used were taken as far as they were free. Name a hold that is open."),
        new(WarningCodes.RuleFailed, "A rule could not be evaluated.",
            "The other rules went on. Correct the rule; it is named in the warning."),
        new(WarningCodes.ChainTooLong, "Too much followed from one event.",
            "What goes beyond 4 steps or 64 events was left out. Let fewer rules set one another off."),
        new(WarningCodes.NegativeAmount, "A rule gave a negative amount.",
            "No line was made. Let the rule's condition exclude the case."),
        new(WarningCodes.TierFailed, "A tier's entry condition could not be evaluated.",
            "The tier was treated as not reached. Correct the condition."),
        new(WarningCodes.ReferrerIgnored, "The referrer is not recorded.",
            "A member has one referrer, the first one named, and never itself."),
        new(WarningCodes.CouponFailed, "A coupon that the till has taken could not be redeemed.",
            "The purchase stands; an alert says so to the staff. Settle it with the store by hand."),
        new(WarningCodes.CouponUndone, "What is left of the purchase is below what its coupon wants.",
            "The coupon is treated as when all is back; take what it took off from what is paid back."),
        new(WarningCodes.RefundWaits, "No purchase has this store and receipt yet: the refund waits for it.",
            "It settles when the purchase comes within 30 days. Check store and receipt: one that is "
            + "mistyped waits in vain."),
        new(WarningCodes.RefundUnmatched, "A refund waited 30 days, and its purchase has not come.",
            "Nothing was taken back. Send the refund again, under a new id, with the right receipt."),
        new(WarningCodes.RefundDropped, "A refund that waited does not fit its purchase.",
            "Nothing was taken back. Settle it with the store by hand."),
        new(WarningCodes.RefundMoved, "A refund that waited is of another member's purchase.",
            "It has gone to that member, whose entry says what it took back."),
    ];
}
