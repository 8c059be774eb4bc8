using MallVip.Rules.Deciding;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tiers;

/// <summary>Asks the conditions of tiers; a condition that fails does not hold, and is warned of.</summary>
internal static class LadderQuestions
{
    /// <summary>The highest tier whose entry condition holds.</summary>
    /// <param name="from">The lowest rank that is asked.</param>
    /// <param name="to">The first rank above those that are asked.</param>
    public static Tier? Highest(DecisionDraft draft, EventScope scope, int from, int to)
    {
        var tiers = draft.Programme.Tiers;
        var context = scope.For(draft.State);
        for (var rank = to - 1; rank >= from; rank--)
            if (Holds(draft, context, tiers[rank], tiers[rank].Entry))
                return tiers[rank];
        return null;
    }

    /// <summary>Whether the member would reach a tier.</summary>
    public static bool Enters(DecisionDraft draft, EventScope scope, Tier tier) =>
        Holds(draft, scope.For(draft.State), tier, tier.Entry);

    /// <summary>Whether the member keeps a tier.</summary>
    public static bool Keeps(DecisionDraft draft, EventScope scope, Tier tier) =>
        Holds(draft, scope.For(draft.State), tier, tier.Keep);

    private static bool Holds(DecisionDraft draft, EvalContext context, Tier tier, ICondition? condition)
    {
        if (condition is null)
            return true;
        var holds = condition.Holds(context, out var fault);
        if (fault is not null)
            draft.Warn(WarningCodes.TierFailed, $"{tier.Id}: {fault.Code}: {fault.Message}");
        draft.Context.Observer?.TierAsked(draft, context, tier, condition, holds && fault is null);
        return holds && fault is null;
    }
}
