using System.Collections.Immutable;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>A member, now or at an instant of the past.</summary>
public sealed record MemberBody
{
    /// <summary>Who it is now: asked by the id of a member who has become a part of another, that other one.
    /// </summary>
    public required MemberId Id { get; init; }

    /// <summary>In the past of a member who had become a part of another by then: who that was.</summary>
    public MemberId? MergedInto { get; init; }

    /// <summary>Members who have become a part of this one; their ids lead here.</summary>
    public required ImmutableArray<MemberId> Merged { get; init; }

    /// <summary><c>kind:value</c>, sorted; an erased one is <c>kind:erased</c>.</summary>
    public required ImmutableArray<string> Identities { get; init; }

    /// <summary>Those identities that were checked to be the member's.</summary>
    public required ImmutableSortedDictionary<string, VerifiedBody> Verified { get; init; }

    /// <summary>By declared name, as text; an erased one is <c>erased</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Attributes { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>Where the member enrolled.</summary>
    public string? Mall { get; init; }

    /// <summary>None: active, and never was anything else.</summary>
    public MemberStatusBody? Status { get; init; }

    public MemberTierBody? Tier { get; init; }

    /// <summary>What the member last said to each purpose that came up.</summary>
    public required ImmutableSortedDictionary<string, ConsentBody> Consent { get; init; }

    /// <summary>Who brought the member; none: nobody is known.</summary>
    public ReferrerBody? Referrer { get; init; }

    public required ImmutableArray<WalletBody> Wallets { get; init; }

    public required ImmutableArray<MemberTagBody> Tags { get; init; }

    /// <summary>How far the member is with each achievement, in the order in which they are declared.
    /// </summary>
    public required ImmutableArray<AchievementBody> Achievements { get; init; }

    /// <summary>Points of active lots by the instant at which they lapse, soonest first.</summary>
    public required ImmutableArray<ExpiringBody> Expiring { get; init; }

    /// <summary>Points that are set aside, in the order in which they were.</summary>
    public required ImmutableArray<HoldBody> Holds { get; init; }

    /// <summary>The 20 coupons that end first of those that may still be used; all of them, with their codes,
    /// stand under <c>/coupons</c>.</summary>
    public required ImmutableArray<MemberCouponBody> Coupons { get; init; }

    /// <summary>How many coupons may still be used.</summary>
    public required int OpenCoupons { get; init; }

    /// <summary>Cars that came in and have not left.</summary>
    public required ImmutableArray<ParkedBody> Parking { get; init; }

    /// <summary>Events that are accepted and wait for their store or, refunds, for their purchase; the oldest
    /// first.</summary>
    public required ImmutableArray<WaitingBody> Waiting { get; init; }

    /// <summary>Members whom this one brought and who have bought.</summary>
    public required int Friends { get; init; }

    /// <summary>Accepted events.</summary>
    public required int Events { get; init; }

    /// <summary>The newest journal entry that this includes.</summary>
    public required long Seq { get; init; }
}

/// <summary>When an identity was checked to be the member's.</summary>
/// <param name="By">The name of the key by which it was said.</param>
/// <param name="How"><c>sms</c>, <c>desk</c> or another word.</param>
public sealed record VerifiedBody(DateTimeOffset At, string By, string How);

/// <summary>What the member may do, as <see cref="StatusBody"/> has set it.</summary>
public sealed record MemberStatusBody(string Id, DateTimeOffset Since, string? Reason = null);

/// <summary>A tier and until when it holds; none: no end.</summary>
public sealed record MemberTierBody(
    string Id, string Name, DateTimeOffset Since, DateTimeOffset? Until = null)
{
    /// <summary>The end of its validity, whose days of grace run; none: none do.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It was given until its end; none: it was earned.</summary>
    public GivenTierBody? Given { get; init; }
}

/// <summary>A tier that an operator or a rule gave.</summary>
/// <param name="Earned">The tier that was earned beneath it; none: no tier.</param>
/// <param name="EarnedUntil">When that one ends; none: it does not.</param>
/// <param name="Reason">What the operator gave; none: a rule gave it.</param>
public sealed record GivenTierBody(
    string? Earned = null, DateTimeOffset? EarnedUntil = null, string? Reason = null);

/// <summary>Whether the member agrees to a purpose, and when it was said.</summary>
public sealed record ConsentBody(bool Granted, DateTimeOffset At);

/// <summary>Who brought a member.</summary>
/// <param name="Handle"><c>kind:</c> and 32 hex digits that stand for the identity that was named.</param>
/// <param name="Member">Who holds that identity now; none: nobody does.</param>
/// <param name="Notice">Of the member's first purchase: <c>owed</c>, <c>told</c>, <c>returned</c>,
/// <c>self</c> or <c>unknown</c>; none: there was none.</param>
public sealed record ReferrerBody(string Handle, MemberId? Member = null, string? Notice = null);

/// <summary>One wallet: balance + pending = earned - reversed - spent - expired + adjusted +
/// transferred.</summary>
/// <param name="Available">The balance less what is held; 0 where that is negative.</param>
/// <param name="Transferred">What came from other members less what went to them.</param>
public sealed record WalletBody(
    string Wallet,
    string Name,
    long Balance,
    long Available,
    long Held,
    long Pending,
    long Earned,
    long Reversed,
    long Spent,
    long Expired,
    long Adjusted,
    long Transferred);

/// <summary>Points that are set aside for a spend.</summary>
/// <param name="Hold">Names it at the capture, and in a purchase's <c>hold</c>.</param>
/// <param name="Until">The first instant at which they are free again.</param>
/// <param name="Reason">What for; none: was not said.</param>
public sealed record HoldBody(
    string Hold, string Wallet, long Points, DateTimeOffset Until, string? Reason = null);

/// <summary>A coupon that may still be used.</summary>
/// <param name="Number">Within the member.</param>
/// <param name="Status"><c>waiting</c> (not good yet), <c>available</c> or <c>reserved</c>.</param>
/// <param name="Until">The first instant at which it is not taken any more.</param>
/// <param name="Left">How often it may still be redeemed.</param>
public sealed record MemberCouponBody(
    int Number, string Template, string Name, string Status, DateTimeOffset Until, int Left);

/// <summary>A tag.</summary>
/// <param name="Rule">The rule that gave it; none: by hand.</param>
/// <param name="Name">As the programme calls it; none: it is not declared.</param>
/// <param name="Group">The group that it belongs to; none: none.</param>
/// <param name="Colour"><c>#RRGGBB</c>; none: none is declared.</param>
public sealed record MemberTagBody(
    string Tag, DateTimeOffset Since, DateTimeOffset? Until = null, string? Rule = null, string? Name = null,
    string? Group = null, string? Colour = null);

/// <summary>Points that lapse together.</summary>
public sealed record ExpiringBody(string Wallet, long Points, DateTimeOffset At);

/// <summary>An event that is accepted and waits.</summary>
/// <param name="For"><c>store</c>: its store is not declared yet; <c>purchase</c>: a refund that came before
/// its purchase.</param>
/// <param name="Type"><c>mall.purchase</c> or <c>mall.refund</c>.</param>
/// <param name="Refund">The refund's number; none: a purchase.</param>
/// <param name="Paid">In the mall's currency.</param>
/// <param name="Until">When a refund is given up; none: it waits until its store is declared.</param>
/// <param name="Seq">The journal entry that left it waiting.</param>
public sealed record WaitingBody(
    string For, string Type, string Store, string Receipt, string? Refund, Money Paid, DateTimeOffset Time,
    DateTimeOffset? Until, long Seq);

/// <summary>A car in a car park.</summary>
public sealed record ParkedBody(string Lot, DateTimeOffset EnteredAt);

/// <summary>How far a member is with an achievement.</summary>
/// <param name="Progress">What counts towards reaching it the next time; the goal, where it is reached and
/// not to be reached again.</param>
/// <param name="Times">How often it was reached so far.</param>
/// <param name="Ends">When the window ends; of a streak when it is broken unless it goes on before. None: no
/// end.</param>
public sealed record AchievementBody(
    string Id, string Name, decimal Progress, long Goal, int Times, DateTimeOffset? Ends = null);
