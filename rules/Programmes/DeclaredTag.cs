namespace MallVip.Rules.Programmes;

/// <summary>A tag as <c>programme.yaml</c> describes it.</summary>
/// <param name="Group">Tags that belong together; null: none.</param>
/// <param name="Colour"><c>#RRGGBB</c>, for whoever shows it; null: none.</param>
/// <param name="Owner">Who answers for it; null: nobody is named.</param>
/// <param name="Note">What it is for; null: not said.</param>
public sealed record DeclaredTag(
    string Id, string Name, TagGroup? Group, string? Colour, string? Owner, string? Note);

/// <summary>Tags that belong together.</summary>
/// <param name="IsExclusive">A member carries one of them at most: the newest.</param>
public sealed record TagGroup(string Id, string Name, bool IsExclusive);
