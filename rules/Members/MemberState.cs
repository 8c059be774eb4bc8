using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Members;

/// <summary>
/// All that a member is at one moment: the fold of the member's journal. Immutable, so that the state before
/// an entry, the state after it and the last committed state can stand side by side at no cost.
/// </summary>
public sealed record MemberState
{
    /// <summary>Each fact makes a new state: what purchases leave alone is shared, not copied.</summary>
    internal MemberBasics Basics { get; init; } = MemberBasics.Empty;

    private MemberTies Ties
    {
        get => Basics.Ties;
        init => Basics = Basics with { Ties = value == MemberTies.Empty ? MemberTies.Empty : value };
    }

    public static MemberState Empty { get; } = new();

    /// <summary>Null until enrolled.</summary>
    public MemberId? Id { get => Basics.Id; init => Basics = Basics with { Id = value }; }

    public DateTimeOffset EnrolledAt
    {
        get => Basics.EnrolledAt;
        init => Basics = Basics with { EnrolledAt = value };
    }

    /// <summary>
    /// The mall that the member enrolled in; its time zone is the member's own. Null: the programme's.
    /// </summary>
    public string? HomeMall
    {
        get => Basics.HomeMall;
        init => Basics = Basics with { HomeMall = value };
    }

    public ImmutableArray<IdentityRef> Identities
    {
        get => Basics.Identities;
        init => Basics = Basics with { Identities = value.IsDefault ? [] : value };
    }

    /// <summary>Ordered by name (ordinal); personal values are handles.</summary>
    public ImmutableSortedDictionary<string, FieldValue> Attributes
    {
        get => Basics.Attributes;
        init => Basics = Basics with
        {
            Attributes = value?.WithComparers(StringComparer.Ordinal) ?? MemberBasics.NoAttributes,
        };
    }

    /// <summary>What the member agreed to, in the order in which the purposes came up.</summary>
    public ImmutableArray<ConsentState> Consents
    {
        get => Basics.Consents;
        init => Basics = Basics with { Consents = value.IsDefault ? [] : value };
    }

    /// <summary>Who brought the member; null: nobody is known.</summary>
    public IdentityRef? Referrer
    {
        get => Basics.Ties.Referrer;
        init => Ties = Ties with { Referrer = value };
    }

    /// <summary>Null: active, and never was anything else.</summary>
    public StatusState? Status
    {
        get => Basics.Ties.Status;
        init => Ties = Ties with { Status = value };
    }

    public ImmutableArray<TagState> Tags { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Wallets that have ever been touched, ordered by id (ordinal).</summary>
    public ImmutableArray<WalletState> Wallets { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// Lots that still hold points, in the order in which they are spent (see <see cref="Lot"/>).
    /// </summary>
    public ImmutableArray<Lot> Lots { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// The number that the next lot gets; lots are numbered from 1 within a member, for ever.
    /// </summary>
    public int NextLot { get; init; } = 1;

    public TierState? Tier { get; init; }

    /// <summary>
    /// Spend and visits by mall-local day, for windows such as <c>member.spent("365d")</c>.
    /// </summary>
    public DayLog Days { get => field ?? DayLog.Empty; init; }

    /// <summary>
    /// What wallets with windows have earned by mall-local day, less what returns took back. The log's malls
    /// are here the wallets.
    /// </summary>
    public DayLog Gains { get => field ?? DayLog.Empty; init; }

    /// <summary>
    /// What rules with a limit and wallets with a cap have used in windows that are still open.
    /// </summary>
    public ImmutableArray<LimitUse> Limits { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<ParkingSession> Parking
    {
        get => Basics.Ties.Parking;
        init => Ties = Ties with { Parking = value.IsDefault ? [] : value };
    }

    /// <summary>
    /// Events that are accepted and wait: at stores that are not declared yet until they are, refunds that
    /// came before their purchase until it comes.
    /// </summary>
    public ImmutableArray<ParkedEvent> Parked
    {
        get => Basics.Ties.Parked;
        init => Ties = Ties with { Parked = value.IsDefault ? [] : value };
    }

    /// <summary>Points that are set aside, in the order in which they were.</summary>
    public ImmutableArray<HoldState> OpenHolds
    {
        get => Basics.Ties.Holds;
        init => Ties = Ties with { Holds = value.IsDefault ? [] : value };
    }

    /// <summary>Points that have left and whose arrival is not known yet.</summary>
    public ImmutableArray<PointsTransfer> Transfers
    {
        get => Basics.Ties.Transfers;
        init => Ties = Ties with { Transfers = value.IsDefault ? [] : value };
    }

    /// <summary>The member's way into another one; null: it is one of its own.</summary>
    public MergeState? Merge
    {
        get => Basics.Ties.Merge;
        init => Ties = Ties with { Merge = value };
    }

    /// <summary>Members who have become a part of this one.</summary>
    public ImmutableArray<AbsorbedMember> Absorbed
    {
        get => Basics.Ties.Absorbed;
        init => Ties = Ties with { Absorbed = value.IsDefault ? [] : value };
    }

    /// <summary>What the member has gathered for achievements; null: nothing yet.</summary>
    public AchievementBook? Achievements { get; init; }

    /// <summary>The member's coupons; null: never had any.</summary>
    public CouponBook? Coupons { get; init; }

    /// <summary>Pieces of stocks that are to be given back.</summary>
    public ImmutableArray<PieceBack> Returning
    {
        get => Basics.Ties.Returning;
        init => Ties = Ties with { Returning = value.IsDefault ? [] : value };
    }

    /// <summary>Rewards that the member has ordered, in the order in which they were; those that are over
    /// stay
    /// for 90 days.</summary>
    public ImmutableArray<RewardOrder> Orders
    {
        get => Basics.Ties.Orders;
        init => Ties = Ties with { Orders = value.IsDefault ? [] : value };
    }

    /// <summary>What became of the member's own referral; null: the member was not brought, or has not
    /// bought for the first time.</summary>
    public ReferralState? Referral
    {
        get => Basics.Ties.Referral;
        init => Ties = Ties with { Referral = value };
    }

    /// <summary>How many members whom this one brought have bought for the first time.</summary>
    public int Friends
    {
        get => Basics.Ties.Friends;
        init => Ties = Ties with { Friends = value };
    }

    /// <summary>Those of the identities that were checked, in the order in which they were.</summary>
    public ImmutableArray<VerifiedIdentity> Verified
    {
        get => Basics.Ties.Verified;
        init => Ties = Ties with { Verified = value.IsDefault ? [] : value };
    }

    /// <summary>Free parking time used by day and entitlement, of the last 60 days with any.</summary>
    public ImmutableArray<ParkingUse> ParkingUses
    {
        get => Basics.Ties.ParkingUses;
        init => Ties = Ties with { ParkingUses = value.IsDefault ? [] : value };
    }

    /// <summary>Purchases and refunds by the minute, in the order of their times; see
    /// <see cref="RecentReceipts"/>.</summary>
    public ImmutableArray<RecentReceipt> Recent
    {
        get => Basics.Ties.Recent;
        init => Ties = Ties with { Recent = value.IsDefault ? [] : value };
    }

    /// <summary>Events under review, and what was said of others; null: there never was one.</summary>
    public ReviewBook? Reviews
    {
        get => Basics.Ties.Reviews;
        init => Ties = Ties with { Reviews = value };
    }

    /// <summary>Birthdays up to and including this instant have been fired. Never moves back. Other events of
    /// time have marks of their own; all other due items leave the state when they fire.</summary>
    public DateTimeOffset FiredThrough
    {
        get => Basics.FiredThrough;
        init => Basics = Basics with { FiredThrough = value };
    }

    /// <summary>
    /// Up to where events of time have been fired, for each that ever was; most members have few.
    /// </summary>
    public ImmutableArray<TimedMark> Timed
    {
        get => Basics.Timed;
        init => Basics = Basics with { Timed = value.IsDefault ? [] : value };
    }

    /// <summary>Accepted events so far.</summary>
    public int Events { get; init; }

    /// <summary>Purchases at declared stores so far, returned ones included.</summary>
    public int Purchases { get; init; }

    /// <summary>What the member said last to a purpose; null: was never asked.</summary>
    public ConsentState? FindConsent(string purpose)
    {
        foreach (var candidate in Consents)
            if (candidate.Purpose == purpose)
                return candidate;
        return null;
    }

    /// <summary>The wallet's running sums; null: never touched.</summary>
    public WalletState? FindWallet(string wallet)
    {
        foreach (var candidate in Wallets)
            if (candidate.Wallet == wallet)
                return candidate;
        return null;
    }

    /// <summary>Whether an identity is the member's.</summary>
    /// <param name="handle">The number that <see cref="IdentityRef.Handle"/> writes in hex.</param>
    public bool Holds(UInt128 handle)
    {
        foreach (var identity in Identities)
            if (identity.Is(handle))
                return true;
        return false;
    }

    /// <summary>The hold of a name; null: no such hold is open.</summary>
    public HoldState? FindHold(string id)
    {
        foreach (var hold in OpenHolds)
            if (hold.Id == id)
                return hold;
        return null;
    }

    /// <summary>The order of a name; null: the member has none, or it is long over.</summary>
    public RewardOrder? FindOrder(string id)
    {
        foreach (var order in Orders)
            if (order.Id == id)
                return order;
        return null;
    }

    /// <summary>The transfer of a name; null: no such transfer is under way.</summary>
    public PointsTransfer? FindTransfer(string id)
    {
        foreach (var transfer in Transfers)
            if (transfer.Id == id)
                return transfer;
        return null;
    }

    /// <summary>What of a wallet is set aside.</summary>
    public Points Held(string wallet)
    {
        var held = Points.Zero;
        foreach (var hold in OpenHolds)
            if (hold.Wallet == wallet)
                held += hold.Amount;
        return held;
    }

    /// <summary>What may be spent: the balance less what is held, or 0 where that is negative.</summary>
    public Points Available(string wallet) =>
        FindWallet(wallet) is { } found ? Points.Max(found.Balance - Held(wallet), Points.Zero) : Points.Zero;
}

/// <summary>What the member last said to a purpose.</summary>
/// <param name="At">When: the time of the event that said so.</param>
public sealed record ConsentState(string Purpose, bool Granted, DateTimeOffset At);

/// <summary>A car that came in and has not been seen leaving.</summary>
public sealed record ParkingSession(string Lot, string Plate, string? Session, DateTimeOffset EnteredAt);

/// <summary>An event that waits for its store to be declared, or a refund that waits for its purchase.
/// </summary>
/// <param name="Entry">The <c>seq</c> of the journal entry that left it waiting.</param>
/// <param name="Until">When a refund that waits for its purchase is given up; null: it waits for its
/// store.</param>
public sealed record ParkedEvent(string Store, long Entry, MallEvent Event, DateTimeOffset? Until = null)
{
    /// <summary>When a refund's purchase is looked for with others; null: it is not.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>Waiting events are told apart by their entries, of which both members of a merge count their
    /// own: what has come with a merge counts below zero.</summary>
    /// <param name="entry">The number with who is absorbed.</param>
    /// <param name="entriesFrom">All entries that were absorbed before.</param>
    /// <param name="entries">Those that are absorbed now.</param>
    public static long Carried(long entry, long entriesFrom, long entries) =>
        entry > 0 ? -(entriesFrom + entry) : -(entriesFrom + entries - entry);
}
