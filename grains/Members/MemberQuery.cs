using System.Collections.Immutable;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;

namespace MallVip.Grains.Members;

/// <summary>What can be asked of a member without changing it.</summary>
[GenerateSerializer, Immutable]
public abstract record MemberQuery
{
    private MemberQuery()
    {
    }

    /// <summary>
    /// The state; with <paramref name="At"/>, as it was at that instant of the arrival clock.
    /// </summary>
    [GenerateSerializer, Immutable]
    public sealed record State([property: Id(0)] DateTimeOffset? At = null) : MemberQuery;

    /// <summary>The history, newest first.</summary>
    /// <param name="Before">Only entries below this number; null: from the newest.</param>
    /// <param name="Limit">1 to 500 entries.</param>
    [GenerateSerializer, Immutable]
    public sealed record History([property: Id(0)] long? Before, [property: Id(1)] int Limit) : MemberQuery;
}

/// <summary>The answer to a query.</summary>
[GenerateSerializer, Immutable]
public abstract record MemberReading
{
    private MemberReading()
    {
    }

    /// <param name="Seq">The newest entry that the state includes; 0: not enrolled.</param>
    [GenerateSerializer, Immutable]
    public sealed record Snapshot([property: Id(0)] MemberState State, [property: Id(1)] long Seq) : MemberReading;

    /// <param name="Next">Pass as <c>Before</c> for the next page; null: no more.</param>
    [GenerateSerializer, Immutable]
    public sealed record Page(
        [property: Id(0)] ImmutableArray<HistoryEntry> Entries, [property: Id(1)] long? Next) : MemberReading;
}

/// <summary>One journal entry of a member, as a reader sees it.</summary>
[GenerateSerializer, Immutable]
public sealed record HistoryEntry(
    [property: Id(0)] long Seq,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Actor,
    [property: Id(3)] string RulesVersion,
    [property: Id(4)] EntryBody Body);
