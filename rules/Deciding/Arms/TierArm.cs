using MallVip.Rules.Commands;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Tiers given by hand, and the ladder asked out of turn.</summary>
internal static class TierArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.GrantTier command)
    {
        if (TierLadder.RankOf(draft.Programme.Tiers, command.Tier) < 0)
            return Refusal.Of(RejectionKind.UnknownTier, "tier", $"No tier is called {command.Tier}.");
        if (command.Until <= draft.Now)
            return Refusal.Of(
                RejectionKind.InvalidTierGrant, "until",
                $"{command.Until:O} is not ahead of {draft.Now:O}.");
        var earned = TierGrants.Earned(draft.State);
        var given = new Members.TierState(command.Tier, draft.Now, command.Until)
        {
            Grant = new(earned, command.Reason, TierGrants.Hidden(draft.State.Tier)),
        };
        if (!TierGrants.Covers(draft.Programme, given, earned))
            return Refusal.Of(
                RejectionKind.TierEarned, "tier",
                $"The member has earned {earned!.Tier}, which is higher or lasts as long.");
        if (command.OnlyBetter && !TierGrants.Covers(draft.Programme, given, draft.State.Tier))
            return null;
        var (first, before) = (draft.Facts.Count, draft.State);
        if (before.Tier is { } present && present.Tier == given.Tier)
            given = given with { Since = present.Since };
        draft.Add(TierFact.Of(before.Tier, given, draft.Now, "hand"));
        Follow(draft, before, first);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndTierGrant command)
    {
        if (draft.State.Tier is not { Grant: { } grant } present)
            return command.Only is null
                ? Refusal.Of(RejectionKind.InvalidTierGrant, null, $"No tier was given for a time.")
                : Another();
        if (command.Only is { } only
            && (present.Tier, present.Until, grant.Reason) != (only.Tier, only.Until, only.Reason))
            return Another();
        var (first, before) = (draft.Facts.Count, draft.State);
        if (command.Only is null)
            TierGrants.End(draft, present, grant with { Reason = command.Reason }, draft.Now, "hand");
        else
            TierGrants.TakeBack(draft, present, grant);
        Follow(draft, before, first);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReassessTier command)
    {
        var (first, before) = (draft.Facts.Count, draft.State);
        TierLadder.Reassess(draft, command.Falls);
        Follow(draft, before, first);
        return null;
    }

    private static Decision Another() => Refusal.Of(
        RejectionKind.InvalidTierGrant, null, $"The member's tier is no longer the one that was given.");

    private static void Follow(DecisionDraft draft, Members.MemberState before, int first)
    {
        var scope = EventScope.OfMember(
            draft.Programme, before, Events.EventTypes.TierChanged, $"tier:{draft.Now:O}", draft.Now);
        Chain.Follow(draft, scope, before, first);
    }
}
