using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>Who asks, and the idempotency key of the write.</summary>
/// <param name="Actor">The API key's name.</param>
/// <param name="Key">The <c>Idempotency-Key</c> header.</param>
/// <param name="Content">The request's canonical bytes: the same key with other content is refused.</param>
/// <param name="DryRun">Decide and answer, record nothing.</param>
public sealed record DeskCall(string Actor, string Key, ReadOnlyMemory<byte> Content, bool DryRun)
{
    /// <inheritdoc cref="Members.MemberRequest.Coupon"/>
    public string? Coupon { get; init; }
}

/// <param name="Identities">At least one, <c>kind:value</c>.</param>
/// <param name="Mall">The mall of enrolment; null: none in particular.</param>
/// <param name="Attributes">By declared name, as JSON text of the value.</param>
public sealed record Registration(
    ImmutableArray<string> Identities, string? Mall, ImmutableSortedDictionary<string, string> Attributes);

/// <param name="Member">Null: nobody holds the identity, or <paramref name="Refusal"/> says what is wrong
/// with it.</param>
/// <param name="Refusal">Null: the identity is well-formed.</param>
public sealed record Found(MemberId? Member, Refusal? Refusal);

/// <summary>The answer to a write at the desk: a member's answer, or a refusal.</summary>
/// <param name="Member">Whom it concerned; null when refused before anybody was asked.</param>
/// <param name="Answer">Null when refused.</param>
/// <param name="Refusal">Null when done.</param>
public sealed record DeskAnswer(MemberId? Member, MemberAnswer? Answer, Refusal? Refusal)
{
    /// <summary>Those of the identities given that others hold too, with the member's place in the order,
    /// from 1.</summary>
    public ImmutableSortedDictionary<string, int> Shared { get; init; } =
        ImmutableSortedDictionary<string, int>.Empty;

    public static DeskAnswer Refused(Refusal refusal) => new(null, null, refusal);

    /// <summary>A member's own answer; its rejections are refusals here.</summary>
    public static DeskAnswer From(MemberId member, MemberAnswer answer) => answer switch
    {
        { Status: AnswerStatus.KeyReused } => new(member, null, Refusals.KeyReused),
        { Status: AnswerStatus.TooLate or AnswerStatus.NotHere } => new(member, null, Refusals.NotNow),
        { Rejection: { } rejection } => new(member, null, Refusals.Of(rejection)),
        _ => new(member, answer, null),
    };
}

/// <summary>A member with the personal values that the state only points to.</summary>
/// <param name="Snapshot">The durable state.</param>
/// <param name="Identities"><c>kind:value</c>, sorted; an erased one is <c>kind:erased</c>.</param>
/// <param name="Attributes">By name, as text.</param>
public sealed record MemberView(
    MemberReading.Snapshot Snapshot,
    ImmutableArray<string> Identities,
    ImmutableSortedDictionary<string, string> Attributes)
{
    /// <summary>Those of <see cref="Identities"/> that were checked.</summary>
    public ImmutableSortedDictionary<string, VerifiedIdentity> Verified { get; init; } =
        ImmutableSortedDictionary<string, VerifiedIdentity>.Empty;

    /// <summary>The member who holds the referrer's identity now; null: nobody does.</summary>
    public MemberId? Referrer { get; init; }
}

/// <summary>A member who comes from another system.</summary>
/// <param name="Source">With <paramref name="Id"/> the key that makes a second opening a duplicate.</param>
/// <param name="Id">Unique within the source.</param>
/// <param name="EnrolledAt">When the member joined there.</param>
/// <param name="Registration">Identities and attributes.</param>
/// <param name="Lots">Opening balances.</param>
/// <param name="Tier">Null: the ladder decides.</param>
/// <param name="TierUntil">Null: as the ladder says from the enrolment on.</param>
public sealed record Opening(
    string Source,
    string Id,
    DateTimeOffset EnrolledAt,
    Registration Registration,
    ImmutableArray<Rules.Commands.OpeningLot> Lots,
    string? Tier,
    DateTimeOffset? TierUntil)
{
    /// <summary>Tags, each once; default: none.</summary>
    public ImmutableArray<Rules.Commands.OpeningTag> Tags { get; init; } = [];
}
