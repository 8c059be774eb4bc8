using MallVip.Rules.Checking;

namespace MallVip.Rules.Programmes.Comparing;

/// <summary>What happened to one thing that a programme declares.</summary>
public enum ChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One thing that differs between two versions.</summary>
/// <param name="What"><c>rule</c>, <c>case</c>, <c>wallet</c>, <c>tier</c>, <c>store</c> and so on.</param>
/// <param name="Id">A rule's full id (<c>points/base</c>), or the declared name.</param>
/// <param name="Place">Where it stands in the newer version; what was removed, in the older one.</param>
public sealed record ProgrammeChange(ChangeKind Change, string What, string Id, Place Place);
