using System.Collections.Immutable;

namespace MallVip.Grains.Members;

/// <summary>
/// A member: three doors and no more. The key is the member's id as UUID text. Every call may interleave,
/// since from the last decision to the enqueue of its entry nothing is awaited: parallel writes are pipelined
/// and none is refused or lost.
/// </summary>
public interface IMemberGrain : IGrainWithStringKey
{
    /// <summary>Decides and records one command. Completes when the entry is durable.</summary>
    [AlwaysInterleave]
    Task<MemberAnswer> Handle(MemberRequest request);

    /// <summary>Decides a list in its order, as one call. Completes when all entries are durable.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<MemberAnswer>> HandleAll(ImmutableArray<MemberRequest> requests);

    /// <summary>Answers from durable entries only: what it shows cannot be lost any more.</summary>
    [AlwaysInterleave]
    Task<MemberReading> Read(MemberQuery query);

    /// <summary>Fires what is due. May be called early, late or twice.</summary>
    [AlwaysInterleave]
    Task Poke();
}
