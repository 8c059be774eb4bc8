using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>A command on its way to a member.</summary>
[GenerateSerializer, Immutable]
public sealed record MemberRequest
{
    /// <summary>A timer's call.</summary>
    public static MemberRequest Due { get; } =
        new() { Command = new MemberCommand.FireDue(), Key = EventKey.None, Actor = "due" };

    [Id(0)]
    public required MemberCommand Command { get; init; }

    /// <summary>The idempotency key; a repeat gets the first outcome.</summary>
    [Id(1)]
    public required EventKey Key { get; init; }

    /// <summary>
    /// Keyed hash of the content; the same key with another hash is refused. 0: not compared.
    /// </summary>
    [Id(2)]
    public UInt128 Content { get; init; }

    /// <summary>A second key that must be new: the receipt of a purchase. None for most.</summary>
    [Id(3)]
    public EventKey Receipt { get; init; }

    /// <summary>Who asks: an API key's name, <c>import</c>, <c>due</c>. Never a person's data.</summary>
    [Id(4)]
    public required string Actor { get; init; }

    /// <summary>The clock of an import or replay; null: the silo's clock.</summary>
    [Id(5)]
    public DateTimeOffset? RunClock { get; init; }

    /// <summary>The event's age does not matter: it waited for its member, or for its store.</summary>
    [Id(8)]
    public bool AnyAge { get; init; }

    /// <summary>Decide and answer, record nothing.</summary>
    [Id(6)]
    public bool DryRun { get; init; }

    /// <summary>
    /// The identity by which the caller believes to know the member. One that does not hold it answers
    /// <see cref="AnswerStatus.NotHere"/>. Null: the caller is sure.
    /// </summary>
    [Id(9)]
    public UInt128? Via { get; init; }

    /// <summary>The silo's clock before which it must be decided, since the claims behind it are undone then;
    /// null: at any time.</summary>
    [Id(10)]
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>
    /// The programme that the event was read by: it finishes on that one. Null: on what is in force.
    /// </summary>
    [Id(11)]
    public string? RulesVersion { get; init; }

    /// <summary>When the event was received, by which its age is judged; null: now.</summary>
    [Id(12)]
    public DateTimeOffset? Arrived { get; init; }

    /// <summary>The code of the coupon that the command is of: its number is the member's own matter. Null:
    /// it is of none.</summary>
    [Id(13)]
    public string? Coupon { get; init; }

    /// <summary>Rows for the person table, written with the entry.</summary>
    [Id(7)]
    public ImmutableArray<PersonRow> Persons { get; init; } = [];
}

/// <summary>What became of a command.</summary>
public enum AnswerStatus
{
    Accepted,
    /// <summary>The key was answered before; the outcome is the first one.</summary>
    Duplicate,
    /// <summary>Nothing to change and nothing recorded.</summary>
    Unchanged,
    Rejected,
    /// <summary>The key was used before with other content.</summary>
    KeyReused,
    /// <summary>The member does not hold the identity that it was found by; nothing was decided.</summary>
    NotHere,
    /// <summary>It came after <see cref="MemberRequest.NotAfter"/>: nothing was decided.</summary>
    TooLate,
}

/// <summary>The answer to a command.</summary>
/// <param name="Outcome">What it changed; null when rejected or unchanged.</param>
/// <param name="Rejection">Why not; null unless rejected.</param>
/// <param name="Seq">The entry's number within the member; 0: none.</param>
[GenerateSerializer, Immutable]
public sealed record MemberAnswer(
    [property: Id(0)] AnswerStatus Status,
    [property: Id(1)] Outcome? Outcome,
    [property: Id(2)] Rejection? Rejection,
    [property: Id(3)] long Seq)
{
    /// <summary>Whose first outcome a duplicate tells, which may be somebody else's than who was asked: the
    /// identity has moved since. Null: who was asked.</summary>
    [Id(4)]
    public MemberId? Member { get; init; }
}
