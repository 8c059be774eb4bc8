using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Gives a tier until an instant, over what the member has earned.</summary>
/// <param name="Tier">A tier of <c>programme.yaml</c>, not below what was earned.</param>
/// <param name="Until">The first instant at which it no longer holds.</param>
/// <param name="Reason">Why; shown with the member.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantTierBody(string Tier, DateTimeOffset Until, string Reason);

/// <summary>Ends a tier that was given.</summary>
/// <param name="Reason">Why.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EndTierBody(string Reason);

/// <summary>How far a member is on the ladder.</summary>
/// <param name="Tier">None: the member has no tier.</param>
/// <param name="Keep">What keeps the earned tier at its end; none: it has no end.</param>
/// <param name="Next">What reaches the next tier above the earned one; none: there is none.</param>
public sealed record TierOutlookBody(
    MemberId Member, MemberTierBody? Tier = null, TierAimBody? Keep = null, TierAimBody? Next = null);

/// <summary>What a tier asks, and how far the member is.</summary>
/// <param name="Holds">Whether the condition holds as things are.</param>
/// <param name="By">The first instant that is too late; none: there is no such.</param>
/// <param name="Missing">Part by part, all of which must hold; none: the condition is not of a form of which
/// it can be told what is missing.</param>
public sealed record TierAimBody(
    string Tier, string Name, bool Holds, DateTimeOffset? By = null,
    ImmutableArray<TierGapBody>? Missing = null);

/// <summary>One part of a condition.</summary>
/// <param name="What">As the programme writes it: <c>member.purchases("365d")</c>.</param>
/// <param name="Least">What it must be.</param>
/// <param name="Above">It must be more than that.</param>
/// <param name="Present">What it is; for keeping a tier, what of it still counts on the last day.</param>
/// <param name="Missing">0: none.</param>
public sealed record TierGapBody(string What, string Least, bool Above, string Present, string Missing);

/// <summary>A page of a member's tier changes, newest first.</summary>
/// <param name="Next">Pass as <c>cursor</c> for the next page; none: there is no more.</param>
public sealed record TierHistoryBody(
    MemberId Member, ImmutableArray<TierHistoryLineBody> Changes, string? Next = null);

/// <summary>A change of tier, its renewal, or a change of what lies beneath a given one.</summary>
public sealed record TierHistoryLineBody
{
    /// <summary>None: no tier.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>When it took effect.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The end; none: it has none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><c>enrol</c>, <c>event</c>, <c>adjust</c>, <c>validity</c>, <c>grace</c>, <c>opening</c>,
    /// <c>rule</c>, <c>hand</c>, <c>grant-ended</c>, <c>reassessed</c> or <c>return</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>What was earned beneath a tier that was given; none: nothing, or it was not given.</summary>
    public string? Earned { get; init; }

    /// <summary>The rule of cause <c>rule</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>What the operator gave.</summary>
    public string? Reason { get; init; }

    /// <summary>Who caused it: an API key's name, an import, a timer.</summary>
    public required string Actor { get; init; }

    /// <summary>The rule-set version that decided it.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>The event that caused it; none: a command or a timer.</summary>
    public EventRefBody? Event { get; init; }

    /// <summary>The journal entry it stands in.</summary>
    public required long Seq { get; init; }

    /// <summary>Its number within that entry, from 1; with <c>seq</c> it asks <c>why</c>.</summary>
    public required int Line { get; init; }
}

/// <summary>Asks whom the ladder in force would move.</summary>
/// <param name="Falls">Whether members may fall; <c>false</c>: only rise.</param>
/// <param name="Cursor">Where to go on; none: from the beginning.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TierReviewBody(bool Falls, string? Cursor = null);

/// <summary>A page of the members.</summary>
/// <param name="Members">How many were looked at.</param>
/// <param name="Moves">How many of them move, or have moved, from which tier to which.</param>
/// <param name="Next">Pass as <c>cursor</c> to go on; none: all have been looked at.</param>
public sealed record TierReviewAnswerBody(
    int Members, ImmutableArray<TierMoveBody> Moves, string? Next = null);

/// <summary>Members who move alike.</summary>
/// <param name="From">None: no tier.</param>
/// <param name="To">None: no tier.</param>
public sealed record TierMoveBody(int Members, string? From = null, string? To = null);
