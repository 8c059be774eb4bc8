using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Slips;

/// <summary>
/// A receipt of a store as slips of paper say it: handed in at the desk, approved, recorded as a purchase.
/// One receipt, one grain: two slips of it never wait beside each other. The key is 32 hex digits, a hash of
/// store and receipt.
/// </summary>
public interface ISlipGrain : IGrainWithStringKey
{
    /// <summary>Checks a slip and keeps it; one that needs nobody's approval is recorded at once. The second
    /// time it answers what has become of it.</summary>
    Task<SlipAnswer> HandIn(SlipOrder order);

    /// <summary>What is durable, the latest slip last.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<SlipView>> Read();

    /// <summary>Approves or declines. What has been decided already is answered the same.</summary>
    Task<SlipAnswer> Decide(SlipDecision decision);

    /// <summary>Records what is approved, or declines what nobody approved in time.</summary>
    Task Poke();
}

/// <summary>A slip on its way in.</summary>
[GenerateSerializer, Immutable]
public sealed record SlipOrder
{
    /// <summary>Who hands it in.</summary>
    [Id(0)]
    public required string By { get; init; }

    /// <summary>The key of the call; it is remembered for ever.</summary>
    [Id(1)]
    public required EventKey Key { get; init; }

    /// <summary>Keyed hash of the call.</summary>
    [Id(2)]
    public required UInt128 Content { get; init; }

    /// <summary>Whose purchase it is.</summary>
    [Id(3)]
    public required MemberId Member { get; init; }

    /// <summary>The purchase; its id is given when the slip is kept.</summary>
    [Id(4)]
    public required MallEvent Event { get; init; }

    /// <summary>Keyed hash of the event's content.</summary>
    [Id(5)]
    public required UInt128 EventContent { get; init; }

    /// <summary>Where the picture lies; null: nowhere.</summary>
    [Id(6)]
    public string? Photo { get; init; }

    /// <summary>What the operator says of it; null: nothing.</summary>
    [Id(7)]
    public string? Note { get; init; }

    /// <summary>Answer what would be; nothing is kept.</summary>
    [Id(8)]
    public bool DryRun { get; init; }
}

/// <summary>What an operator decides.</summary>
public enum SlipVerb
{
    Approve,
    Decline,
}

/// <param name="Number">Which slip of the receipt, from 1.</param>
/// <param name="DryRun">Answer what would be; nothing changes.</param>
[GenerateSerializer, Immutable]
public sealed record SlipDecision(
    [property: Id(0)] SlipVerb Verb, [property: Id(1)] int Number, [property: Id(2)] string By,
    [property: Id(3)] string Reason, [property: Id(4)] bool DryRun);

/// <param name="View">Null: there is no such slip, or it is refused.</param>
/// <param name="Refusal">None: done.</param>
/// <param name="Rejection">What the member says, with <see cref="SlipRefusal.Member"/>.</param>
[GenerateSerializer, Immutable]
public sealed record SlipAnswer(
    [property: Id(0)] SlipView? View, [property: Id(1)] SlipRefusal Refusal,
    [property: Id(2)] Rejection? Rejection)
{
    public static SlipAnswer Of(SlipView? view) => new(view, SlipRefusal.None, null);

    public static SlipAnswer Refused(SlipRefusal refusal) => new(null, refusal, null);
}

/// <summary>Why a slip is not taken or not decided.</summary>
public enum SlipRefusal
{
    None,
    /// <summary>The programme says nothing of desk receipts.</summary>
    Off,
    /// <summary>The programme declares no such store.</summary>
    UnknownStore,
    /// <summary>It is of a day to come.</summary>
    InFuture,
    /// <summary>It is older than slips may be.</summary>
    TooOld,
    /// <summary>Another slip of the receipt waits.</summary>
    Waits,
    /// <summary>The call's key was used for something else.</summary>
    KeyReused,
    /// <summary>The operator has handed in as much as one may in a day.</summary>
    Limit,
    /// <summary>The member refuses the purchase; <see cref="SlipAnswer.Rejection"/> says why.</summary>
    Member,
    /// <summary>Who handed it in may not approve it.</summary>
    SameOperator,
    /// <summary>It does not stand where this can be decided.</summary>
    NotNow,
}

/// <summary>A slip as operators see it.</summary>
[GenerateSerializer, Immutable]
public sealed record SlipView
{
    /// <summary>The receipt's grain and the slip's number, with a dash between.</summary>
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required SlipStatus Status { get; init; }

    [Id(2)]
    public required string By { get; init; }

    /// <summary>Who has the purchase, or would.</summary>
    [Id(3)]
    public required MemberId Member { get; init; }

    [Id(4)]
    public required MallEvent Event { get; init; }

    [Id(5)]
    public string? Photo { get; init; }

    [Id(6)]
    public string? Note { get; init; }

    /// <summary>When it was handed in.</summary>
    [Id(7)]
    public DateTimeOffset At { get; init; }

    /// <summary>Until when it may be approved.</summary>
    [Id(8)]
    public DateTimeOffset Until { get; init; }

    /// <summary>Null: nobody.</summary>
    [Id(9)]
    public string? ApprovedBy { get; init; }

    /// <summary>Null: nobody; <c>clock</c>: nobody has approved it in time.</summary>
    [Id(10)]
    public string? DeclinedBy { get; init; }

    /// <summary>Why it was declined.</summary>
    [Id(11)]
    public string? Because { get; init; }

    /// <summary>Why it is not recorded, as of a refusal; null: it is, or may be.</summary>
    [Id(12)]
    public string? Code { get; init; }

    /// <summary>One sentence in English, beside <see cref="Code"/>.</summary>
    [Id(13)]
    public string? Detail { get; init; }

    /// <summary>The purchase's entry in the member's ledger; 0: none.</summary>
    [Id(14)]
    public long Entry { get; init; }

    /// <summary>The mall's day on which it was handed in.</summary>
    [Id(15)]
    public DateOnly Day { get; init; }
}
