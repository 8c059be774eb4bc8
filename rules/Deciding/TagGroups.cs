using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding;

/// <summary>Of tags that exclude one another a member carries one: the newest.</summary>
internal static class TagGroups
{
    /// <summary>Takes what a tag that has just been given excludes.</summary>
    public static void Displace(DecisionDraft draft, Fact.TagAdded given)
    {
        if (GroupOf(draft, given.Tag) is not { } group)
            return;
        foreach (var other in draft.State.Tags)
            if (other.Tag != given.Tag && GroupOf(draft, other.Tag) == group)
                draft.Add(new Fact.TagRemoved(other.Tag, given.Why is null ? "hand" : "rule", given.Why));
    }

    /// <summary>Two members who have become one: the newest tag of each group stays.</summary>
    public static void Settle(DecisionDraft draft)
    {
        var newest = draft.State.Tags.Where(tag => GroupOf(draft, tag.Tag) is not null)
            .GroupBy(tag => GroupOf(draft, tag.Tag), StringComparer.Ordinal)
            .SelectMany(group => group.OrderByDescending(tag => tag.Since).Skip(1));
        foreach (var older in newest.ToArray())
            draft.Add(new Fact.TagRemoved(older.Tag, "hand", null));
    }

    /// <summary>Null: nothing excludes the tag.</summary>
    private static string? GroupOf(DecisionDraft draft, string tag) =>
        draft.Programme.Tags.GetValueOrDefault(tag) is { Group: { IsExclusive: true } group }
            ? group.Id
            : null;
}
