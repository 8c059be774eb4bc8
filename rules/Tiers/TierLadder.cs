using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tiers;

/// <summary>
/// Moves a member on the ladder: up at once, and at the end of a validity to the highest tier whose entry
/// condition holds at that instant. Never computed from a balance.
/// </summary>
internal static class TierLadder
{
    /// <summary>Upgrades to the highest tier above the present one whose entry condition holds.</summary>
    /// <param name="scope">What happened; its facts are in the draft's state.</param>
    public static void Climb(DecisionDraft draft, EventScope scope, string cause)
    {
        var tiers = draft.Programme.Tiers;
        var present = draft.State.Tier?.Tier;
        var rank = RankOf(tiers, present);
        if (rank + 1 < tiers.Length && Highest(draft, scope, rank + 1) is { } reached)
            draft.Add(new Fact.TierChanged(
                present, reached.Id, scope.Event.Time, Until(reached, scope.Day, scope.Zone), cause));
    }

    /// <summary>
    /// What a rule that gives a tier changes: a lift, or a later end of the present one. Null: nothing.
    /// </summary>
    public static Fact.TierChanged? Give(
        DecisionDraft draft, EventScope scope, Rule rule, RuleAction.GiveTier give)
    {
        var tiers = draft.Programme.Tiers;
        var present = draft.State.Tier;
        var (rank, from) = (RankOf(tiers, give.To), RankOf(tiers, present?.Tier));
        var until = give.For is { } time
            ? ZoneTime.EndOfDay(time.LastDay(scope.Day), scope.Zone)
            : Until(tiers[rank], scope.Day, scope.Zone);
        var changes = rank > from || (rank == from && Tags.EndsLater(until, present!.Until));
        var since = rank == from ? present!.Since : scope.Event.Time;
        return changes ? new(present?.Tier, give.To, since, until, "rule", rule.Ref) : null;
    }

    /// <summary>Whether a tier stands above another, or ends later on the same step.</summary>
    public static bool IsHigher(Programme programme, TierState tier, TierState? than)
    {
        var (rank, other) = (RankOf(programme.Tiers, tier.Tier), RankOf(programme.Tiers, than?.Tier));
        return rank > other || (rank >= 0 && rank == other && Tags.EndsLater(tier.Until, than!.Until));
    }

    /// <summary>Asks again at the end of a validity: renewal, fall, or no tier any more.</summary>
    public static void Requalify(DecisionDraft draft, DateTimeOffset at)
    {
        var scope = EventScope.OfMember(draft.Programme, draft.State, "tier.ended", $"tier:{at:O}", at);
        var reached = Highest(draft, scope, 0);
        var lastDay = ZoneTime.Day(at.AddTicks(-1), scope.Zone);
        var until = reached is null ? null : Until(reached, lastDay, scope.Zone);
        draft.Add(new Fact.TierChanged(draft.State.Tier?.Tier, reached?.Id, at, until, "validity"));
    }

    /// <summary>24:00 of the last day of a validity that begins on a day; null: no end.</summary>
    public static DateTimeOffset? Until(Tier tier, DateOnly day, TimeZoneInfo zone) =>
        tier.ValidMonths is { } months ? ZoneTime.EndOfDay(day.AddMonths(Math.Max(1, months)), zone) : null;

    private static Tier? Highest(DecisionDraft draft, EventScope scope, int lowestRank)
    {
        var tiers = draft.Programme.Tiers;
        var context = scope.For(draft.State);
        for (var rank = tiers.Length - 1; rank >= lowestRank; rank--)
            if (Holds(draft, context, tiers[rank]))
                return tiers[rank];
        return null;
    }

    private static bool Holds(DecisionDraft draft, EvalContext context, Tier tier)
    {
        if (tier.Entry is not { } entry)
            return true;
        var holds = entry.Holds(context, out var fault);
        if (fault is not null)
            draft.Warn(WarningCodes.TierFailed, $"{tier.Id}: {fault.Code}: {fault.Message}");
        draft.Context.Observer?.TierAsked(draft, context, tier, holds && fault is null);
        return holds && fault is null;
    }

    private static int RankOf(System.Collections.Immutable.ImmutableArray<Tier> tiers, string? id)
    {
        for (var rank = 0; rank < tiers.Length; rank++)
            if (tiers[rank].Id == id)
                return rank;
        return -1;
    }
}
