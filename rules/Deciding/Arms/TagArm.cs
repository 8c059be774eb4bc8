using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Tags given and taken by hand.</summary>
internal static class TagArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.AddTag command)
    {
        if (!Tags.IsWellFormed(command.Tag))
            return Refusal.Of(RejectionKind.InvalidTag, "tag", "The tag is not well-formed.");
        if (command.Until <= draft.Now)
            return Refusal.Of(
                RejectionKind.InvalidTag, "until", $"{command.Until:O} is not ahead of {draft.Now:O}.");
        if (Tags.Find(draft.State, command.Tag) is { } present
            && (command.OnlyNew || present.Until == command.Until))
            return null;
        var (first, before) = (draft.Facts.Count, draft.State);
        var given = new Fact.TagAdded(command.Tag, draft.Now, command.Until, null);
        draft.Add(given);
        TagGroups.Displace(draft, given);
        var scope = EventScope.OfMember(draft.Programme, before, "tag.added", "tag", draft.Now);
        Chain.Follow(draft, scope, before, first);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.RemoveTag command)
    {
        if (!Tags.IsWellFormed(command.Tag))
            return Refusal.Of(RejectionKind.InvalidTag, "tag", "The tag is not well-formed.");
        if (Tags.Find(draft.State, command.Tag) is not null)
            draft.Add(new Fact.TagRemoved(command.Tag, "hand", null));
        return null;
    }
}
