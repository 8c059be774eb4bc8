using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Parking;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Members;

/// <summary>The part of a <see cref="MemberState"/> that no purchase changes; see there.</summary>
internal sealed record MemberBasics
{
    public static readonly ImmutableSortedDictionary<string, FieldValue> NoAttributes =
        ImmutableSortedDictionary<string, FieldValue>.Empty.WithComparers(StringComparer.Ordinal);

    public static readonly MemberBasics Empty = new();

    private readonly ulong _idHigh;
    private readonly ulong _idLow;

    /// <summary>In 16 bytes: an optional number takes 32. No member's id is 0.</summary>
    public MemberId? Id
    {
        get => (_idHigh | _idLow) == 0 ? null : new MemberId(new(_idHigh, _idLow));
        init
        {
            var number = value?.Value ?? 0;
            (_idHigh, _idLow) = ((ulong)(number >> 64), unchecked((ulong)number));
        }
    }

    public DateTimeOffset EnrolledAt { get; init; }

    public string? HomeMall { get; init; }

    public ImmutableArray<IdentityRef> Identities { get; init; } = [];

    public ImmutableSortedDictionary<string, FieldValue> Attributes { get; init; } = NoAttributes;

    public ImmutableArray<ConsentState> Consents { get; init; } = [];

    /// <summary>Most members have none and share the empty one.</summary>
    public MemberTies Ties { get; init; } = MemberTies.Empty;

    public DateTimeOffset FiredThrough { get; init; }

    public ImmutableArray<TimedMark> Timed { get; init; } = [];
}

/// <summary>What few members have, and what goes on between a member and others; see
/// <see cref="MemberState"/>.</summary>
internal sealed record MemberTies
{
    public static readonly MemberTies Empty = new();

    public IdentityRef? Referrer { get; init; }

    public StatusState? Status { get; init; }

    public ImmutableArray<ParkingSession> Parking { get; init; } = [];

    public ImmutableArray<ParkedEvent> Parked { get; init; } = [];

    public ImmutableArray<HoldState> Holds { get; init; } = [];

    public ImmutableArray<PointsTransfer> Transfers { get; init; } = [];

    public MergeState? Merge { get; init; }

    public ImmutableArray<AbsorbedMember> Absorbed { get; init; } = [];

    public ImmutableArray<PieceBack> Returning { get; init; } = [];

    public ImmutableArray<RewardOrder> Orders { get; init; } = [];

    public ReferralState? Referral { get; init; }

    public int Friends { get; init; }

    public ImmutableArray<VerifiedIdentity> Verified { get; init; } = [];

    public ImmutableArray<ParkingUse> ParkingUses { get; init; } = [];

    public ReviewBook? Reviews { get; init; }

    public ImmutableArray<RecentReceipt> Recent { get; init; } = [];
}
