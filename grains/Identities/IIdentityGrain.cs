using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Events;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>
/// One identity (a phone, a card, a plate), by its pseudonym. It knows its member, keeps events that arrive
/// before anyone claimed it, and so serialises a claim against new events. The key is 32 hex digits.
/// </summary>
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>The member that holds the identity for good, of several the first; null: nobody.</summary>
    [AlwaysInterleave]
    Task<MemberId?> Resolve();

    /// <summary>All who hold the identity, in their order.</summary>
    [AlwaysInterleave]
    Task<HoldersAnswer> Holders();

    /// <summary>Puts those who hold the identity in an order. Idempotent under its key.</summary>
    [AlwaysInterleave]
    Task<OrderAnswer> Order(OrderRequest request);

    /// <summary>Gives the identity to a member. Idempotent; refused if another member holds it, unless the
    /// two may share it.</summary>
    [AlwaysInterleave]
    Task<ClaimAnswer> Claim(ClaimRequest request);

    /// <summary>Ends a pledged claim: it is for good if the member has the identity, else it is undone. Does
    /// nothing when the claim is no longer the pledge of this registration.</summary>
    [AlwaysInterleave]
    Task Settle(MemberId member, EventKey registration);

    /// <summary>First step of a release: from here on events wait, until <see cref="Settle"/> or the timer
    /// has asked the member whether it still has the identity. Changes nothing unless the member holds it for
    /// good.</summary>
    /// <param name="release">The key of the release.</param>
    [AlwaysInterleave]
    Task<ReleaseAnswer> BeginRelease(MemberId member, EventKey release, string actor);

    /// <summary>Frees the identity, a pledge's time from now, if the member is enrolled and does not have
    /// it: a repeat of what claimed it first has claimed it again.</summary>
    [AlwaysInterleave]
    Task Check(MemberId member);

    /// <summary>A holder has become a part of another member, who holds the identity from here on.
    /// </summary>
    /// <returns>False: it is not (or no longer) the holder's, and nothing has changed.</returns>
    [AlwaysInterleave]
    Task<bool> Move(MemberId holder, MemberId into, string actor);

    /// <summary>Keeps an event of an unknown identity, or says which member it belongs to by now.</summary>
    [AlwaysInterleave]
    Task<KeepAnswer> Keep(KeepRequest request);

    /// <summary>
    /// Hands one kept event to a member who claims it; the identity itself stays unclaimed.
    /// </summary>
    [AlwaysInterleave]
    Task<ClaimEventAnswer> ClaimEvent(EventKey key, MemberId member, string actor);

    /// <summary>What <see cref="ClaimEvent"/> would answer; changes nothing.</summary>
    [AlwaysInterleave]
    Task<ClaimEventAnswer> AskClaimEvent(EventKey key, MemberId member, string actor);

    /// <summary>Settles a pledge that has run out, and delivers what a claim has promised, again if need
    /// be.</summary>
    [AlwaysInterleave]
    Task Poke();
}

/// <summary>A claim of an identity.</summary>
[GenerateSerializer, Immutable]
public sealed record ClaimRequest(
    [property: Id(0)] MemberId Member,
    [property: Id(1)] IdentityRef Identity,
    [property: Id(2)] string Actor,
    [property: Id(3)] DateTimeOffset? RunClock,
    [property: Id(4)] ImmutableArray<PersonRow> Persons)
{
    /// <summary>Whose part the claim is, to be undone with the others unless it is claimed again without
    /// one. Default: none, the claim is for good.</summary>
    [Id(5)]
    public EventKey Registration { get; init; }

    /// <summary>Whether the member may join those who hold the identity already, at the end of their order.
    /// Default: no.</summary>
    [Id(6)]
    public bool Shares { get; init; }
}

/// <param name="Holder">The claimant, who holds it now; or who is in its way: the member whose claim is
/// pledged, or else the first who holds it.</param>
/// <param name="Delivered">How many kept events went to the claimant.</param>
/// <param name="Pledge">The claim of <paramref name="Holder"/> may still be undone; null: it is for good.
/// </param>
[GenerateSerializer, Immutable]
public sealed record ClaimAnswer(
    [property: Id(0)] MemberId Holder, [property: Id(1)] int Delivered, [property: Id(2)] Pledge? Pledge)
{
    /// <summary>As many hold it as may.</summary>
    [Id(3)]
    public bool IsFull { get; init; }
}

/// <param name="Members">In their order; empty: nobody.</param>
/// <param name="Test">Whether they are members of test keys.</param>
[GenerateSerializer, Immutable]
public sealed record HoldersAnswer(
    [property: Id(0)] ImmutableArray<MemberId> Members, [property: Id(1)] bool Test);

/// <summary>An order for those who hold an identity.</summary>
/// <param name="Members">All of them, the first first.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable]
public sealed record OrderRequest(
    [property: Id(0)] ImmutableArray<MemberId> Members,
    [property: Id(1)] string Reason,
    [property: Id(2)] EventKey Key,
    [property: Id(3)] UInt128 Content,
    [property: Id(4)] string Actor,
    [property: Id(5)] bool DryRun);

public enum OrderStatus
{
    Ordered,
    /// <summary>They stand so already.</summary>
    Unchanged,
    Duplicate,
    KeyReused,
    /// <summary>The list is not that of those who hold the identity.</summary>
    OthersHold,
    /// <summary>A claim or a release is under way.</summary>
    Busy,
}

/// <param name="Status">What became of it.</param>
/// <param name="Members">Who holds the identity now, in their order.</param>
[GenerateSerializer, Immutable]
public sealed record OrderAnswer(
    [property: Id(0)] OrderStatus Status, [property: Id(1)] ImmutableArray<MemberId> Members);

/// <param name="Holder">The member, if it holds the identity now, or else the first who does; null: nobody.
/// </param>
/// <param name="Pledge">Until when the release must be decided, or whose claim stands in its way; null: the
/// identity is not the member's.</param>
[GenerateSerializer, Immutable]
public sealed record ReleaseAnswer(
    [property: Id(0)] MemberId? Holder, [property: Id(1)] Pledge? Pledge);

/// <summary>An event whose subject nobody holds.</summary>
[GenerateSerializer, Immutable]
public sealed record KeepRequest(
    [property: Id(0)] MallEvent Event,
    [property: Id(1)] EventKey Key,
    [property: Id(2)] UInt128 Content,
    [property: Id(3)] EventKey Receipt,
    [property: Id(4)] string Actor,
    [property: Id(5)] ImmutableArray<PersonRow> Persons)
{
    /// <summary>The member who has claimed the identity and is not enrolled yet: the event waits for that.
    /// Null: the
    /// event waits for a claim.</summary>
    [Id(6)]
    public MemberId? Early { get; init; }
}

public enum KeepStatus
{
    Kept,
    Duplicate,
    KeyReused,
    /// <summary>The identity has a member by now: hand the event to it.</summary>
    Claimed,
    /// <summary>Too many events wait here already.</summary>
    Full,
    /// <summary>The receipt is recorded under another event.</summary>
    ReceiptTaken,
}

/// <param name="Status">What became of the event.</param>
/// <param name="Member">Who has it, or is to have it; null: nobody yet.</param>
[GenerateSerializer, Immutable]
public sealed record KeepAnswer([property: Id(0)] KeepStatus Status, [property: Id(1)] MemberId? Member)
{
    /// <summary>What the member's ledger made of a duplicate; null while it waits here.</summary>
    [Id(2)]
    public Outcome? Outcome { get; init; }
}

/// <param name="Found">False: no such event waits here.</param>
/// <param name="Answer">What the member's ledger made of it.</param>
[GenerateSerializer, Immutable]
public sealed record ClaimEventAnswer(
    [property: Id(0)] bool Found, [property: Id(1)] Members.MemberAnswer? Answer);
