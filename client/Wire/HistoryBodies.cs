using System.Collections.Immutable;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>A page of how a member's tags came and went, newest first.</summary>
/// <param name="Next">Pass as <c>cursor</c> for the next page; none: there is no more.</param>
public sealed record TagHistoryBody(
    MemberId Member, ImmutableArray<TagHistoryLineBody> Changes, string? Next = null);

/// <summary>A tag was given, lasts until another instant, or was taken.</summary>
public sealed record TagHistoryLineBody
{
    public required string Tag { get; init; }

    /// <summary><c>added</c> or <c>removed</c>.</summary>
    public required string What { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Of a tag that was given: when it ends; none: it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><c>hand</c>, <c>rule</c>, <c>ended</c> (its time, or the condition of its rule) or
    /// <c>merge</c>. What a tag of the same exclusive group displaced has the cause of that tag.</summary>
    public required string Cause { get; init; }

    /// <summary>The rule that gave or took it; none: no rule did.</summary>
    public string? Rule { get; init; }

    /// <summary>What the operator gave.</summary>
    public string? Reason { get; init; }

    /// <summary>Who caused it: an API key's name, an import, a timer.</summary>
    public required string Actor { get; init; }

    /// <summary>The event that caused it; none: a command or a timer.</summary>
    public EventRefBody? Event { get; init; }

    /// <summary>The journal entry it stands in.</summary>
    public required long Seq { get; init; }

    /// <summary>Its number within that entry; with <c>seq</c> it asks <c>why</c>. None: it came with a
    /// merge.</summary>
    public int? Line { get; init; }
}

/// <summary>A page of how a member's attributes came about, newest first.</summary>
/// <param name="Next">Pass as <c>cursor</c> for the next page; none: there is no more.</param>
public sealed record AttributeHistoryBody(
    MemberId Member, ImmutableArray<AttributeHistoryLineBody> Changes, string? Next = null);

/// <summary>An attribute has another value.</summary>
public sealed record AttributeHistoryLineBody
{
    public required string Name { get; init; }

    /// <summary>As text; none: it is personal, or was taken away.</summary>
    public string? Value { get; init; }

    /// <summary>True: the value is kept apart from history; here stands only that it changed.</summary>
    public bool? Personal { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The rule that set it; none: an event or a command.</summary>
    public string? Rule { get; init; }

    /// <summary>Who caused it: an API key's name, an import, a timer.</summary>
    public required string Actor { get; init; }

    /// <summary>The event that caused it; none: a command or a timer.</summary>
    public EventRefBody? Event { get; init; }

    /// <summary>The journal entry it stands in.</summary>
    public required long Seq { get; init; }

    /// <summary>Its number within that entry; with <c>seq</c> it asks <c>why</c>. None: no rule set it.
    /// </summary>
    public int? Line { get; init; }
}
