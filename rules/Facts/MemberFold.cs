using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>The one fold, used live and in replay.</summary>
public static class MemberFold
{
    /// <param name="entry">The <c>seq</c> of the entry that the fact stands in.</param>
    public static MemberState Apply(MemberState state, Fact fact, long entry) =>
        throw new InvalidOperationException($"Unknown fact {fact.GetType().Name} in entry {entry} of {state.Id}.");
}
