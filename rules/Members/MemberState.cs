using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Members;

/// <summary>
/// All that a member is at one moment: the fold of the member's journal. Immutable, so that the state before an
/// entry, the state after it and the last committed state can stand side by side at no cost.
/// </summary>
public sealed record MemberState
{
    public static MemberState Empty { get; } = new();

    /// <summary>Null until enrolled.</summary>
    public MemberId? Id { get; init; }

    public DateTimeOffset EnrolledAt { get; init; }

    /// <summary>The mall that the member enrolled in; its time zone is the member's own. Null: the programme's.</summary>
    public string? HomeMall { get; init; }

    public ImmutableArray<IdentityRef> Identities { get; init; } = [];

    public ImmutableSortedDictionary<string, FieldValue> Attributes { get; init; } =
        ImmutableSortedDictionary<string, FieldValue>.Empty.WithComparers(StringComparer.Ordinal);

    public ImmutableArray<TagState> Tags { get; init; } = [];

    /// <summary>Wallets that have ever been touched, ordered by id (ordinal).</summary>
    public ImmutableArray<WalletState> Wallets { get; init; } = [];

    /// <summary>Lots that still hold points, in the order in which they are spent (see <see cref="Lot"/>).</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    /// <summary>The number that the next lot gets; lots are numbered from 1 within a member, for ever.</summary>
    public int NextLot { get; init; } = 1;

    public TierState? Tier { get; init; }

    /// <summary>Spend and visits by mall-local day, for windows such as <c>member.spent("365d")</c>.</summary>
    public DayLog Days { get; init; } = DayLog.Empty;

    /// <summary>What rules with a limit and wallets with a cap have used in windows that are still open.</summary>
    public ImmutableArray<LimitUse> Limits { get; init; } = [];

    public ImmutableArray<ParkingSession> Parking { get; init; } = [];

    /// <summary>Purchases at stores that are not declared yet: accepted, settled when the store is known.</summary>
    public ImmutableArray<ParkedEvent> Parked { get; init; } = [];

    /// <summary>Due items up to and including this instant have been fired. Never moves back.</summary>
    public DateTimeOffset FiredThrough { get; init; }

    /// <summary>Accepted events so far.</summary>
    public int Events { get; init; }
}

/// <summary>An identity of the member.</summary>
/// <param name="Kind">phone, card, plate, wechat …</param>
/// <param name="Handle">32 hex digits that stand for the value, which lives in the person table.</param>
public sealed record IdentityRef(string Kind, string Handle);

/// <summary>A tag that the member carries.</summary>
/// <param name="Until">The first instant at which it no longer holds; null: no end.</param>
/// <param name="Rule">The rule that gave it; null: by hand.</param>
public sealed record TagState(string Tag, DateTimeOffset Since, DateTimeOffset? Until, string? Rule);

/// <summary>
/// Running sums of one wallet. Always: Balance + Pending = Earned - Reversed - Spent - Expired + Adjusted.
/// </summary>
public sealed record WalletState(string Wallet)
{
    /// <summary>Sum of posted lines. May be negative after a return under the policy <c>negative</c>.</summary>
    public Points Balance { get; init; }

    /// <summary>Points of lots that are not active yet.</summary>
    public Points Pending { get; init; }

    /// <summary>Gross, pending included.</summary>
    public Points Earned { get; init; }

    public Points Reversed { get; init; }

    public Points Spent { get; init; }

    public Points Expired { get; init; }

    public Points Adjusted { get; init; }
}

/// <summary>
/// Points earned together: the unit of activation, expiry and return. Spend order: earliest expiry (none is last),
/// then oldest number.
/// </summary>
/// <param name="Number">From 1 within the member.</param>
/// <param name="Amount">What was earned; never changes.</param>
/// <param name="Remaining">What is left of it, after spends, returns and the paying-off of a negative balance.</param>
/// <param name="ActivatesAt">Pending until this instant; null: active.</param>
/// <param name="ExpiresAt">The first instant at which it is gone; null: never.</param>
/// <param name="Entry">The <c>seq</c> of the member's journal entry that made it.</param>
public sealed record Lot(
    int Number,
    string Wallet,
    Points Amount,
    Points Remaining,
    DateTimeOffset? ActivatesAt,
    DateTimeOffset? ExpiresAt,
    long Entry);

/// <summary>The member's tier.</summary>
/// <param name="Until">The first instant at which it is asked again; null: no end.</param>
public sealed record TierState(string Tier, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>What one rule's limit or one wallet's cap has used in one window.</summary>
/// <param name="Key">A rule's full id (<c>points/base</c>) or <c>wallet:points</c>.</param>
/// <param name="Window">The window's first day (mall-local); <see cref="DateOnly.MinValue"/>: ever.</param>
/// <param name="Ends">The first day after the window; <see cref="DateOnly.MaxValue"/>: never. Pruned after it.</param>
public sealed record LimitUse(string Key, DateOnly Window, DateOnly Ends, int Times, Points Amount);

/// <summary>A car that came in and has not been seen leaving.</summary>
public sealed record ParkingSession(string Lot, string Plate, string? Session, DateTimeOffset EnteredAt);

/// <summary>A purchase that waits for its store to be declared.</summary>
/// <param name="Entry">The <c>seq</c> of the journal entry that accepted it.</param>
public sealed record ParkedEvent(string Store, long Entry, MallEvent Event);
