using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Deciding;

/// <summary>
/// Tags that end when a condition of the rule that gave them holds. It is judged with every later event of
/// the member, the event included, after the rules have acted.
/// </summary>
internal static class TagEnds
{
    /// <param name="before">The member as of before the event: what this event gives does not end with
    /// it.</param>
    public static void Judge(DecisionDraft draft, EventScope scope, MemberState before)
    {
        if (draft.Programme.TagEnds.Count == 0)
            return;
        foreach (var tag in before.Tags)
            if (tag.Rule is { } rule && draft.Programme.TagEnds.TryGetValue(rule, out var end)
                && Tags.Find(draft.State, tag.Tag)?.Rule == rule)
                Judge(draft, scope, tag.Tag, end);
    }

    private static void Judge(DecisionDraft draft, EventScope scope, string tag, TagEnd end)
    {
        if (end.Condition.Holds(scope.For(draft.State), out var fault))
            draft.Add(new Fact.TagRemoved(tag, "ended", end.Rule));
        else if (fault is not null)
            draft.Warn(WarningCodes.RuleFailed, $"{fault.Code}: {fault.Message}", end.Rule);
    }
}
