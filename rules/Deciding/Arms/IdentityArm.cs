using MallVip.Rules.Commands;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Identities that were claimed for the member, checked, and given up.</summary>
internal static class IdentityArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.LinkIdentity command)
    {
        if (!draft.State.Identities.Contains(command.Identity))
            draft.Add(new Fact.IdentityLinked(command.Identity));
        if (command.Proof is { } proof)
            draft.Add(new Fact.IdentityVerified(command.Identity, draft.Now, proof));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReleaseIdentity command)
    {
        if (!draft.State.Identities.Contains(command.Identity))
            return NotHeld();
        if (draft.State.Identities.Length == 1 && !command.EvenLast)
            return Refusal.Of(
                RejectionKind.LastIdentity, "identity", "It is the only identity that the member has.");
        draft.Add(new Fact.IdentityReleased(command.Identity, command.Reason));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.VerifyIdentity command)
    {
        if (!draft.State.Identities.Contains(command.Identity))
            return NotHeld();
        if (command.Proof is { } proof)
            draft.Add(new Fact.IdentityVerified(command.Identity, draft.Now, proof));
        else if (draft.State.Verified.Any(verified => verified.Handle == command.Identity.Handle))
            draft.Add(new Fact.IdentityVerified(command.Identity, null, null));
        return null;
    }

    private static Decision NotHeld() =>
        Refusal.Of(RejectionKind.IdentityNotHeld, "identity", "The member does not hold this identity.");
}
