using System.Collections.Immutable;

namespace MallVip.Rules.Deciding;

/// <summary>How a refusal is told: its code and HTTP status are stable for ever.</summary>
/// <param name="Code">snake_case; the last part of the problem's type.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">One English sentence, the same for every occurrence.</param>
/// <param name="Hint">What the caller can do about it.</param>
public sealed record RejectionInfo(RejectionKind Kind, string Code, int Status, string Title, string Hint);

/// <summary>All refusals of a command, in the order in which they are asked.</summary>
public static class RejectionCatalog
{
    public static ImmutableArray<RejectionInfo> All { get; } =
    [
        new(RejectionKind.UnknownMember, "unknown_member", 404, "The id belongs to no member.",
            "Enrol the member first."),
        new(RejectionKind.AlreadyEnrolled, "already_enrolled", 409, "The member exists already.",
            "Use the existing member; its id is its own."),
        new(RejectionKind.IdentityTaken, "identity_taken", 409, "The identity belongs to another member.",
            "Look the identity up; merge the members if they are one person."),
        new(RejectionKind.IdentityNotHeld, "identity_not_held", 404, "The identity is not the member's.",
            "Look at the member's identities; it may be released already, or belong to another member."),
        new(RejectionKind.LastIdentity, "last_identity", 409, "It is the member's last identity.",
            "Give the member another identity first; an operator can release the last one."),
        new(RejectionKind.MemberBlocked, "member_blocked", 409, "The member's status does not allow it.",
            "What each status blocks stands in docs/api.md; an operator can lift it."),
        new(RejectionKind.ClaimLimited, "claim_limited", 409,
            "The member has claimed, or tried to claim, as many events as it may.",
            "Try again from the instant on that is told; programme.yaml sets the limits under claims."),
        new(RejectionKind.TimeInFuture, "time_in_future", 422,
            "The event's time is more than 5 minutes ahead of the clock.", "Set the sender's clock."),
        new(RejectionKind.TimeTooOld, "time_too_old", 422,
            "The event's time is more than 30 days behind the clock.", "Send old events as an import run."),
        new(RejectionKind.AmountOutOfRange, "amount_out_of_range", 422, "An amount is outside its range.",
            "Paid amounts are 0 to 10^12, refunds and points above 0."),
        new(RejectionKind.UnknownWallet, "unknown_wallet", 422, "The wallet is not declared.",
            "Name a wallet of programme.yaml."),
        new(RejectionKind.WalletNotSpendable, "wallet_not_spendable", 422,
            "The wallet only counts; it cannot be spent.", "Spend from a spendable wallet."),
        new(RejectionKind.InvalidSpend, "invalid_spend", 422, "The wallet is not spent in such an amount.",
            "Ask for the wallet's least spend, or whole steps more; programme.yaml says which."),
        new(RejectionKind.CeilingExceeded, "ceiling_exceeded", 409,
            "The wallet would hold more than its ceiling.", "Give fewer points, or spend some first."),
        new(RejectionKind.InsufficientPoints, "insufficient_points", 409,
            "Fewer points are available than asked for.",
            "Ask for no more than is available; pending points do not count."),
        new(RejectionKind.TransferToSelf, "transfer_to_self", 422,
            "Points cannot go from a member to itself.", "Name another member in 'to'."),
        new(RejectionKind.MergeWithSelf, "merge_with_self", 422,
            "A member cannot be merged into itself.", "Name another member in 'into'."),
        new(RejectionKind.MemberMerged, "member_merged", 409,
            "The member has become a part of another one.", "Use the member who goes on."),
        new(RejectionKind.MergeBlocked, "merge_blocked", 409, "The member cannot be merged at present.",
            "Wait until its transfers have ended, a minute at most, and merge under a new key."),
        new(RejectionKind.UnknownHold, "unknown_hold", 404, "No such hold is open.",
            "It was captured, released or has ended; hold the points again."),
        new(RejectionKind.InvalidHold, "invalid_hold", 422,
            "The hold's end is not within the next 30 days, or the member has 100 holds already.",
            "Hold for minutes, and release what is not needed."),
        new(RejectionKind.InvalidEnd, "invalid_end", 422, "The points' new end is not ahead of the clock.",
            "Name an instant to come; to end points now, let them lapse."),
        new(RejectionKind.UnknownTier, "unknown_tier", 422, "The tier is not declared.",
            "Name a tier of programme.yaml."),
        new(RejectionKind.InvalidTierGrant, "invalid_tier_grant", 422,
            "The end of the given tier is not ahead of the clock, or no tier was given.",
            "Give a tier until an instant ahead; only what was given for a time can be ended."),
        new(RejectionKind.TierEarned, "tier_earned", 409,
            "The member has earned this tier or a higher one already.",
            "Give a higher tier, or the same one for longer than it is valid."),
        new(RejectionKind.InvalidTag, "invalid_tag", 422,
            "The tag is not well-formed or its end is in the past.",
            "1 to 64 letters, digits and - _ . : beginning with a letter or digit."),
        new(RejectionKind.ParkingTimeGone, "parking_time_gone", 409,
            "The free parking time is used up or was never given.", "Ask for a new quote and pay by it."),
        new(RejectionKind.ReceiptKnown, "receipt_known", 409,
            "The receipt is recorded already under another event.",
            "A receipt is sent once; a repetition carries the same event id."),
        new(RejectionKind.UnknownReceipt, "unknown_receipt", 404,
            "No purchase has this store and receipt, and 32 refunds of the member wait for theirs.",
            "Send the purchase first, or correct store and receipt."),
        new(RejectionKind.NoSuchPoints, "no_such_points", 409, "The member has no points that are meant.",
            "Look at the member's points; they may be confirmed, spent, returned or lapsed already."),
        new(RejectionKind.RefundKnown, "refund_known", 409,
            "The refund is recorded already for this purchase under another event.",
            "A refund is sent once; a repetition carries the same event id."),
        new(RejectionKind.UnknownLine, "unknown_line", 422,
            "The returned line does not exist in the purchase.",
            "Lines count from 1, in the order of the purchase."),
        new(RejectionKind.ReturnExceedsPurchase, "return_exceeds_purchase", 409,
            "More is returned than was bought and not returned yet.",
            "Look at the earlier returns of the purchase."),
        new(RejectionKind.PointsOverflow, "points_overflow", 422,
            "A balance would leave the range of 10^15 either way.", "Check the amounts and the rules."),
    ];

    public static RejectionInfo Of(RejectionKind kind) => All[(int)kind];
}
