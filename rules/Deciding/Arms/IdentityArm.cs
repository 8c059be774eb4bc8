using MallVip.Rules.Commands;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Identities that were claimed for the member.</summary>
internal static class IdentityArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.LinkIdentity command)
    {
        if (!draft.State.Identities.Contains(command.Identity))
            draft.Add(new Fact.IdentityLinked(command.Identity));
        return null;
    }
}
