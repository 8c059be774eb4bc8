using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Facts;

/// <summary>
/// What a decision changed. Facts are persisted for ever under their short names: a record here may gain optional
/// members, never lose or rename one. <see cref="MemberFold"/> is the only reader that turns them into state.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Enrolled), "enrolled")]
[JsonDerivedType(typeof(IdentityLinked), "linked")]
[JsonDerivedType(typeof(AttributeSet), "attr")]
[JsonDerivedType(typeof(EventCounted), "event")]
[JsonDerivedType(typeof(Purchased), "bought")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Visited), "visited")]
[JsonDerivedType(typeof(Earned), "earned")]
[JsonDerivedType(typeof(Activated), "active")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(SpentPoints), "spent")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
[JsonDerivedType(typeof(Reversed), "reversed")]
[JsonDerivedType(typeof(LimitUsed), "limit")]
[JsonDerivedType(typeof(TierChanged), "tier")]
[JsonDerivedType(typeof(TagAdded), "tagged")]
[JsonDerivedType(typeof(TagRemoved), "untagged")]
[JsonDerivedType(typeof(ParkingEntered), "parked-in")]
[JsonDerivedType(typeof(ParkingLeft), "parked-out")]
[JsonDerivedType(typeof(EventParked), "waiting")]
[JsonDerivedType(typeof(EventSettled), "settled")]
[JsonDerivedType(typeof(Fired), "fired")]
[JsonDerivedType(typeof(Warned), "warned")]
public abstract record Fact
{
    private Fact()
    {
    }

    public sealed record Enrolled(
        MemberId Member,
        DateTimeOffset At,
        string? Mall,
        ImmutableArray<IdentityRef> Identities,
        ImmutableSortedDictionary<string, FieldValue> Attributes) : Fact;

    public sealed record IdentityLinked(IdentityRef Identity) : Fact;

    public sealed record AttributeSet(string Name, FieldValue? Value) : Fact;

    /// <summary>The entry's event was accepted for this member.</summary>
    public sealed record EventCounted : Fact
    {
        public static EventCounted Instance { get; } = new();
    }

    /// <summary>A purchase counts towards spend and visits on a mall-local day.</summary>
    public sealed record Purchased(string Store, string Receipt, string Mall, DateOnly Day, Money Paid) : Fact;

    /// <summary>A return takes back spend on the day of the purchase.</summary>
    /// <param name="Entry">The <c>seq</c> of the purchase's journal entry.</param>
    public sealed record Returned(
        string Store,
        string Receipt,
        string Refund,
        string Mall,
        DateOnly Day,
        Money Paid,
        ImmutableArray<RefundLine> Lines,
        long Entry) : Fact;

    /// <summary>The member was in the mall on a day.</summary>
    public sealed record Visited(string Mall, DateOnly Day) : Fact;

    /// <summary>Points came in, as a new lot.</summary>
    /// <param name="Lot">The lot's number, from 1 within the member.</param>
    /// <param name="Settled">What of it paid off a negative balance at once; 0 while pending.</param>
    /// <param name="Why">The rule and its place; null: by an operator or an opening balance.</param>
    public sealed record Earned(
        string Wallet,
        int Lot,
        Points Amount,
        Points Settled,
        DateTimeOffset? ActivatesAt,
        DateTimeOffset? ExpiresAt,
        RuleRef? Why) : Fact;

    /// <summary>A pending lot became active and may be spent.</summary>
    public sealed record Activated(int Lot, string Wallet, Points Amount, Points Settled) : Fact;

    public sealed record Expired(int Lot, string Wallet, Points Amount) : Fact;

    /// <summary>Points went out, drawn from lots.</summary>
    /// <param name="Short">What was asked for but not there (a purchase's <c>pointsUsed</c> is recorded, not refused).</param>
    public sealed record SpentPoints(
        string Wallet, Points Amount, ImmutableArray<LotPart> Parts, Points Short, string? Reason) : Fact;

    /// <summary>A correction by hand. Up: <paramref name="Lot"/> is new. Down: <paramref name="Parts"/> are drawn.</summary>
    public sealed record Adjusted(
        string Wallet,
        Points Amount,
        int? Lot,
        Points Settled,
        DateTimeOffset? ExpiresAt,
        ImmutableArray<LotPart> Parts,
        string Reason) : Fact;

    /// <summary>
    /// A return took back what one line of a purchase had earned.
    /// <c>Amount = sum(Parts) + FromOthers + FromBalance</c>, and
    /// <c>Amount + Lapsed + Shortfall</c> = what the rule's <c>on-return</c> takes back.
    /// </summary>
    /// <param name="Lot">The lot that the line had made.</param>
    /// <param name="Amount">What left the balance or the pending sum.</param>
    /// <param name="Parts">What was taken from which lots.</param>
    /// <param name="FromBalance">What took the balance below zero (policy <c>negative</c>).</param>
    /// <param name="Lapsed">What had already expired.</param>
    /// <param name="Shortfall">What had been spent and cannot be taken back; recorded.</param>
    public sealed record Reversed(
        string Wallet,
        int Lot,
        Points Amount,
        Points Pending,
        ImmutableArray<LotPart> Parts,
        Points FromBalance,
        Points Lapsed,
        Points Shortfall,
        RuleRef? Why) : Fact;

    /// <summary>A rule's limit or a wallet's cap used some of its window; negative: given back.</summary>
    public sealed record LimitUsed(string Key, DateOnly Window, DateOnly Ends, int Times, Points Amount) : Fact;

    public sealed record TierChanged(string? From, string? To, DateTimeOffset At, DateTimeOffset? Until, string Cause) : Fact;

    public sealed record TagAdded(string Tag, DateTimeOffset At, DateTimeOffset? Until, RuleRef? Why) : Fact;

    public sealed record TagRemoved(string Tag, string Cause, RuleRef? Why) : Fact;

    public sealed record ParkingEntered(string Lot, string Plate, string? Session, DateTimeOffset At) : Fact;

    /// <summary>A session ended, or an exit was listed that ends none.</summary>
    /// <param name="EnteredAt">Null: no open session matched; the exit is listed and changes nothing.</param>
    /// <param name="How"><c>exit</c>, <c>exit-missing</c>, <c>late</c> or <c>unmatched</c>.</param>
    public sealed record ParkingLeft(
        string Lot, string Plate, string? Session, DateTimeOffset? EnteredAt, DateTimeOffset At, string How) : Fact;

    /// <summary>The entry's event waits for its store to be declared.</summary>
    public sealed record EventParked(string Store, MallEvent Event) : Fact;

    /// <summary>The event parked by entry <paramref name="Entry"/> is decided in this entry.</summary>
    public sealed record EventSettled(long Entry) : Fact;

    /// <summary>Due items up to this instant have been fired.</summary>
    public sealed record Fired(DateTimeOffset Through) : Fact;

    /// <summary>Accepted, but somebody should look: a code of the list in <c>docs/errors.md</c>, and a detail.</summary>
    public sealed record Warned(string Code, string Detail, RuleRef? Why) : Fact;
}

/// <summary>A part of a lot.</summary>
public sealed record LotPart(int Lot, Points Amount);

/// <summary>Where a ledger line comes from.</summary>
/// <param name="Rule">Full id: rule set and rule, <c>points/base</c>.</param>
/// <param name="File">Relative to the programme's folder.</param>
/// <param name="Line">1-based.</param>
public sealed record RuleRef(string Rule, string File, int Line);
