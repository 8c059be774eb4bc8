using MallVip.Rules.Deciding;
using MallVip.Rules.Due;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tiers;

/// <summary>Whom the ladder of a programme would move: nothing is decided.</summary>
public static class TierReassessment
{
    /// <summary>From which tier to which; null: it would move nobody. Of the earned tier: a tier that was
    /// given stays over it.</summary>
    /// <param name="falls">Whether members may fall.</param>
    public static (string? From, string? To)? MoveOf(
        MemberState state, Programme programme, DateTimeOffset now, bool falls)
    {
        if (state.Id is null || state.Merge is not null)
            return null;
        var draft = new DecisionDraft(state, new() { Programme = programme, Now = now, Entry = 0 });
        DueFiring.Fire(draft);
        var (first, before) = (draft.Facts.Count, TierGrants.Earned(draft.State)?.Tier);
        TierLadder.Reassess(draft, falls);
        var after = TierGrants.Earned(draft.State)?.Tier;
        var moves = draft.Facts.Skip(first).Any(fact => fact is Fact.TierChanged);
        draft.ToDecision(null);
        return moves ? (before, after) : null;
    }
}
