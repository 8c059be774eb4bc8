using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Commands;

/// <summary>
/// All that can be asked of a member. A feature adds one record here and one arm in the decider.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "c")]
[JsonDerivedType(typeof(Enrol), "enrol")]
[JsonDerivedType(typeof(RecordEvent), "event")]
[JsonDerivedType(typeof(Spend), "spend")]
[JsonDerivedType(typeof(Adjust), "adjust")]
[JsonDerivedType(typeof(ConfirmPurchase), "confirm")]
[JsonDerivedType(typeof(ExtendPoints), "extend")]
[JsonDerivedType(typeof(ExpirePoints), "expire")]
[JsonDerivedType(typeof(HoldPoints), "hold")]
[JsonDerivedType(typeof(CaptureHold), "capture")]
[JsonDerivedType(typeof(ReleaseHold), "release")]
[JsonDerivedType(typeof(SendPoints), "send")]
[JsonDerivedType(typeof(ReceivePoints), "receive")]
[JsonDerivedType(typeof(EndTransfer), "send-end")]
[JsonDerivedType(typeof(StartMerge), "merge")]
[JsonDerivedType(typeof(Absorb), "absorb")]
[JsonDerivedType(typeof(EndMerge), "merge-end")]
[JsonDerivedType(typeof(RecordFriend), "friend")]
[JsonDerivedType(typeof(EndReferral), "brought-end")]
[JsonDerivedType(typeof(MissReferrer), "brought-later")]
[JsonDerivedType(typeof(AddTag), "tag")]
[JsonDerivedType(typeof(RemoveTag), "untag")]
[JsonDerivedType(typeof(SetStatus), "status")]
[JsonDerivedType(typeof(GrantTier), "tier")]
[JsonDerivedType(typeof(EndTierGrant), "tier-end")]
[JsonDerivedType(typeof(ReassessTier), "tier-ask")]
[JsonDerivedType(typeof(LinkIdentity), "link")]
[JsonDerivedType(typeof(ReleaseIdentity), "unlink")]
[JsonDerivedType(typeof(VerifyIdentity), "verify")]
[JsonDerivedType(typeof(OpenAccount), "open")]
[JsonDerivedType(typeof(UseParking), "parking")]
[JsonDerivedType(typeof(MoveParking), "parking-move")]
[JsonDerivedType(typeof(GrantCoupon), "coupon")]
[JsonDerivedType(typeof(VoidCoupon), "coupon-void")]
[JsonDerivedType(typeof(ReserveCoupon), "coupon-hold")]
[JsonDerivedType(typeof(ReleaseCoupon), "coupon-release")]
[JsonDerivedType(typeof(RedeemCoupon), "coupon-use")]
[JsonDerivedType(typeof(ReturnCoupon), "coupon-return")]
[JsonDerivedType(typeof(EndCouponAsk), "coupon-ask")]
[JsonDerivedType(typeof(EndPieceBack), "piece-back")]
[JsonDerivedType(typeof(OrderReward), "order")]
[JsonDerivedType(typeof(PayOrder), "order-pay")]
[JsonDerivedType(typeof(PickUpOrder), "order-out")]
[JsonDerivedType(typeof(CancelOrder), "order-cancel")]
[JsonDerivedType(typeof(ReturnOrder), "order-back")]
[JsonDerivedType(typeof(NoteContest), "contest")]
[JsonDerivedType(typeof(EndReview), "review-end")]
[JsonDerivedType(typeof(FireDue), "due")]
[JsonDerivedType(typeof(SettleParked), "settle")]
[JsonDerivedType(typeof(SettleRefund), "refund-found")]
[JsonDerivedType(typeof(LeaveRefund), "refund-left")]
public abstract partial record MemberCommand
{
    private MemberCommand()
    {
    }

    /// <summary>Makes the member. Attributes are typed as declared, personal ones are handles.</summary>
    public sealed record Enrol(
        [property: Name("m")] MemberId Member,
        [property: Name("at")] DateTimeOffset At,
        [property: Name("mall")] string? Mall,
        ImmutableArray<IdentityRef> Identities,
        ImmutableSortedDictionary<string, FieldValue>? Attributes) : MemberCommand
    {
        [Name("ids")]
        public ImmutableArray<IdentityRef> Identities { get; init; } = Identities.IsDefault ? [] : Identities;

        /// <summary>Null: none.</summary>
        [Name("attrs")]
        public ImmutableSortedDictionary<string, FieldValue>? Attributes { get; init; } =
            Attributes is { Count: > 0 } ? Attributes : null;
    }

    /// <summary>An event for this member.</summary>
    public sealed record RecordEvent([property: Name("e")] MallEvent Event) : MemberCommand
    {
        /// <summary>Nobody had it, and the member has shown its receipt: it counts as one of the claims of
        /// the day. Default false.</summary>
        [Name("scan")]
        public bool IsClaim { get; init; }
    }

    /// <summary>Uses points at a desk or in an app. <paramref name="Amount"/> is positive.</summary>
    public sealed record Spend(
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("text")] string Reason) : MemberCommand;

    /// <summary>Corrects a balance by hand, either way; the reason is on record. Not zero.</summary>
    /// <param name="ExpiresAt">When added points lapse, rounded up to the minute; null: as the wallet's
    /// points do.</param>
    public sealed record Adjust(
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("text")] string Reason,
        [property: Name("x")] DateTimeOffset? ExpiresAt) : MemberCommand
    {
        /// <summary>Takes what is free of the amount, perhaps nothing, instead of being refused. Default
        /// false.</summary>
        [Name("m")]
        public bool UpTo { get; init; }
    }

    /// <summary>Vouches for a receipt: its points that wait for that become active.</summary>
    public sealed record ConfirmPurchase(
        [property: Name("s")] string Store,
        [property: Name("r")] string Receipt,
        [property: Name("text")] string? Reason) : MemberCommand;

    /// <summary>Lets points of a wallet last longer, pending ones too; the reason is on record.</summary>
    /// <param name="Until">The first instant at which they are gone, rounded up to the minute. Points that
    /// end later, or never, stay as they are.</param>
    /// <param name="EndingBefore">Only those that end before; null: all that have an end.</param>
    public sealed record ExtendPoints(
        [property: Name("w")] string Wallet,
        [property: Name("until")] DateTimeOffset Until,
        [property: Name("x")] DateTimeOffset? EndingBefore,
        [property: Name("text")] string Reason) : MemberCommand;

    /// <summary>Lets points of a wallet lapse now, pending ones too, held ones not; the reason is on
    /// record.</summary>
    /// <param name="EndingBefore">Only those that end before; null: all, those without an end too.</param>
    public sealed record ExpirePoints(
        [property: Name("w")] string Wallet,
        [property: Name("x")] DateTimeOffset? EndingBefore,
        [property: Name("text")] string Reason) : MemberCommand;

    /// <summary>Sets points aside for a spend that is about to come, until an instant.</summary>
    /// <param name="Hold">Its name, never used before with this member.</param>
    /// <param name="Amount">Positive.</param>
    /// <param name="Until">The first instant at which they are free again.</param>
    public sealed record HoldPoints(
        [property: Name("h")] string Hold,
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("until")] DateTimeOffset Until,
        [property: Name("text")] string? Reason) : MemberCommand;

    /// <summary>Spends what is held, or a part of it; the rest is free again.</summary>
    /// <param name="Amount">Positive; null: all of it.</param>
    public sealed record CaptureHold(
        [property: Name("h")] string Hold,
        [property: Name("a")] Points? Amount,
        [property: Name("text")] string Reason) : MemberCommand;

    /// <summary>Gives held points free without a spend.</summary>
    public sealed record ReleaseHold(
        [property: Name("h")] string Hold, [property: Name("text")] string? Reason) : MemberCommand;

    /// <summary>First step of a transfer: the points leave the sender.</summary>
    /// <param name="Transfer">Its name, never used before.</param>
    /// <param name="Amount">Positive.</param>
    public sealed record SendPoints(
        [property: Name("tr")] string Transfer,
        [property: Name("to")] MemberId To,
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("text")] string? Reason) : MemberCommand;

    /// <summary>Second step: the points arrive, or the receiver's refusal is on record; either is said once
    /// for all.</summary>
    public sealed record ReceivePoints(
        [property: Name("from")] MemberId From,
        [property: Name("tr")] PointsTransfer Transfer) : MemberCommand;

    /// <summary>Last step: the sender knows what became of it; refused points come back.</summary>
    /// <param name="Refused">The receiver's code; null: they arrived.</param>
    public sealed record EndTransfer(
        [property: Name("tr")] string Transfer, [property: Name("no")] string? Refused) : MemberCommand;

    /// <summary>First step of a merge: the member stands still until it is over.</summary>
    /// <param name="Merge">Its name, never used before.</param>
    /// <param name="Into">Who goes on.</param>
    public sealed record StartMerge(
        [property: Name("i")] string Merge,
        [property: Name("into")] MemberId Into,
        [property: Name("text")] string Reason) : MemberCommand;

    /// <summary>Second step: who goes on takes all that the other one is, or the refusal is on record; either
    /// is said once for all.</summary>
    /// <param name="Entries">How many entries the other one has.</param>
    /// <param name="State">Null: asks only for what was said.</param>
    public sealed record Absorb(
        [property: Name("i")] string Merge,
        [property: Name("from")] MemberId From,
        [property: Name("n")] long Entries,
        [property: Name("s")] MemberState? State) : MemberCommand;

    /// <summary>Last step: the member is a part of the other one, or goes on as before.</summary>
    /// <param name="Refused">The other one's code; null: it was absorbed.</param>
    public sealed record EndMerge(
        [property: Name("i")] string Merge, [property: Name("no")] string? Refused) : MemberCommand;

    /// <summary>A member whom this one brought has bought for the first time.</summary>
    public sealed record RecordFriend(
        [property: Name("m")] MemberId Friend, [property: Name("p")] Money Paid) : MemberCommand
    {
        /// <summary>Those of the friend's identities that others may hold too: plates and devices.</summary>
        [Name("ids")]
        public ImmutableArray<IdentityRef> Identities { get => field.IsDefault ? [] : field; init; } = [];
    }

    /// <summary>The notice to the referrer is owed no more.</summary>
    /// <param name="Friend">As the notice names the member.</param>
    /// <param name="How">As <see cref="ReferralState.Ended"/> says.</param>
    public sealed record EndReferral(
        [property: Name("m")] MemberId Friend, [property: Name("end")] string How) : MemberCommand;

    /// <summary>Nobody is the referrer: it is looked again later, or given up.</summary>
    public sealed record MissReferrer([property: Name("m")] MemberId Friend) : MemberCommand;

    public sealed record AddTag(
        [property: Name("n")] string Tag,
        [property: Name("until")] DateTimeOffset? Until,
        [property: Name("text")] string? Reason) : MemberCommand
    {
        /// <summary>A tag that is there already stays as it is, its end too. Default false.</summary>
        [Name("m")]
        public bool OnlyNew { get; init; }
    }

    public sealed record RemoveTag(
        [property: Name("n")] string Tag, [property: Name("text")] string? Reason) : MemberCommand;

    /// <summary>Freezes, blacklists or closes the member, reports the card lost, or lifts it again; the
    /// reason is on record.</summary>
    public sealed record SetStatus(
        [property: Name("s")] MemberStatus Status, [property: Name("text")] string Reason) : MemberCommand;

    /// <summary>Gives a tier until an instant, over what was earned; the reason is on record.</summary>
    public sealed record GrantTier(
        [property: Name("t")] string Tier,
        [property: Name("until")] DateTimeOffset Until,
        [property: Name("text")] string Reason) : MemberCommand
    {
        /// <summary>A tier that is higher, or as high and lasts as long, stays as it is. Default false: it
        /// goes before what was given earlier.</summary>
        [Name("m")]
        public bool OnlyBetter { get; init; }
    }

    /// <summary>Ends a tier that was given: what was earned counts again.</summary>
    public sealed record EndTierGrant([property: Name("text")] string Reason) : MemberCommand
    {
        /// <summary>Only if the tier is the one that this gave; then what had been given before counts again
        /// as well. Null: whatever was given.</summary>
        [Name("o")]
        public GrantTier? Only { get; init; }
    }

    /// <summary>Asks the ladder as it is now; a ladder that has changed moves nobody by itself.</summary>
    /// <param name="Falls">Whether the member may fall.</param>
    public sealed record ReassessTier([property: Name("fall")] bool Falls) : MemberCommand;

    /// <summary>Records that an identity, claimed already, is this member's.</summary>
    public sealed record LinkIdentity([property: Name("id")] IdentityRef Identity) : MemberCommand
    {
        /// <summary>It is known to be the member's; null: not checked.</summary>
        [Name("v")]
        public IdentityProof? Proof { get; init; }
    }

    /// <summary>Gives an identity up; the reason is on record. Nobody's events come by it any more.</summary>
    /// <param name="EvenLast">Whether it may be the member's last one.</param>
    public sealed record ReleaseIdentity(
        [property: Name("id")] IdentityRef Identity,
        [property: Name("text")] string Reason,
        [property: Name("all")] bool EvenLast) : MemberCommand;

    /// <summary>Says that an identity was checked to be the member's, or is not any more.</summary>
    /// <param name="Proof">Null: not checked any more.</param>
    public sealed record VerifyIdentity(
        [property: Name("id")] IdentityRef Identity,
        [property: Name("v")] IdentityProof? Proof) : MemberCommand;

    /// <summary>
    /// Opening balances, tier and tags of a member who comes from another system. Enrols as well.
    /// </summary>
    public sealed record OpenAccount(
        [property: Name("by")] Enrol Enrolment,
        ImmutableArray<OpeningLot> Lots,
        [property: Name("tier")] string? Tier,
        [property: Name("until")] DateTimeOffset? TierUntil) : MemberCommand
    {
        [Name("lots")]
        public ImmutableArray<OpeningLot> Lots { get; init; } = Lots.IsDefault ? [] : Lots;

        /// <summary>Carried from the enrolment on; null: none.</summary>
        [Name("tags")]
        public ImmutableArray<OpeningTag>? Tags { get; init; }
    }

    /// <summary>A visit to a car park is paid with free time and points; all of it or nothing.</summary>
    /// <param name="Payment">Names it for ever.</param>
    /// <param name="Uses">As <see cref="ParkingPlan.Uses"/>.</param>
    /// <param name="Points">What they cost; 0: none.</param>
    public sealed record UseParking(
        [property: Name("i")] string Payment,
        [property: Name("lot")] string Lot,
        ImmutableArray<ParkingUse> Uses,
        [property: Name("a")] Points Points) : MemberCommand
    {
        [Name("u")]
        public ImmutableArray<ParkingUse> Uses { get; init; } = Uses.IsDefault ? [] : Uses;

        /// <summary>Whose numbers coupons in it have: perhaps a part of this member by now. Null: none is in
        /// it.</summary>
        [Name("who")]
        public MemberId? Of { get; init; }
    }

    /// <summary>A visit whose plate was read wrongly is another car's: the session of the plate that was
    /// read ends, that of the right one begins.</summary>
    /// <param name="Plate">The handle of the one or of the other.</param>
    /// <param name="Begins">Whether it is the right one.</param>
    public sealed record MoveParking(
        [property: Name("lot")] string Lot,
        [property: Name("plate")] string Plate,
        [property: Name("s")] string? Session,
        [property: Name("in")] DateTimeOffset EnteredAt,
        [property: Name("to")] bool Begins) : MemberCommand;

    /// <summary>A timer: fire what is due. Stale if nothing is.</summary>
    public sealed record FireDue : MemberCommand;

    /// <summary>
    /// Decides parked events whose stores are declared by now: all purchases, or else one refund. To be
    /// repeated until it answers <c>Unchanged</c>.
    /// </summary>
    public sealed record SettleParked : MemberCommand;

    /// <summary>The receipt of a refund that waits is the member's own by now: it settles.</summary>
    /// <param name="Entry">As <see cref="ParkedEvent.Entry"/>.</param>
    public sealed record SettleRefund([property: Name("e")] long Entry) : MemberCommand;

    /// <summary>The receipt of a refund that waits is not the member's.</summary>
    /// <param name="Entry">As <see cref="ParkedEvent.Entry"/>.</param>
    /// <param name="How"><see cref="Taken"/>: its member has the refund by now; else the code with which that
    /// one refused it. Null: nobody has the receipt, and it is looked for later.</param>
    public sealed record LeaveRefund(
        [property: Name("e")] long Entry, [property: Name("how")] string? How) : MemberCommand
    {
        public const string Taken = "taken";
    }
}

/// <summary>Points that a member brings along. An active lot has no <paramref name="ActivatesAt"/>.</summary>
/// <param name="ExpiresAt">Rounded up to the minute; null: never.</param>
public sealed record OpeningLot(
    [property: Name("w")] string Wallet,
    [property: Name("a")] Points Amount,
    [property: Name("on")] DateTimeOffset? ActivatesAt,
    [property: Name("x")] DateTimeOffset? ExpiresAt);

/// <summary>A tag that a member brings along.</summary>
/// <param name="Until">The first instant at which it no longer holds; null: no end.</param>
public sealed record OpeningTag(
    [property: Name("n")] string Tag, [property: Name("until")] DateTimeOffset? Until);
