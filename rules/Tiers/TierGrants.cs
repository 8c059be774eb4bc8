using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tiers;

/// <summary>Tiers that an operator or a rule gives until an instant, over what was earned.</summary>
internal static class TierGrants
{
    /// <summary>What the member has by what was bought and done; null: no tier.</summary>
    public static TierState? Earned(MemberState state) => EarnedOf(state.Tier);

    /// <summary>A tier that a rule gives for a time.</summary>
    public static TierState Given(MemberState state, EventScope scope, string tier, CalendarSpan time) =>
        new(tier, scope.Event.Time, ZoneTime.EndOfDay(time.LastDay(scope.Day), scope.Zone))
        {
            Grant = new(Earned(state)),
        };

    /// <summary>Whether a tier is worth more than an earned one: higher, or as high and longer.</summary>
    public static bool Covers(Programme programme, TierState given, TierState? earned)
    {
        var rank = TierLadder.RankOf(programme.Tiers, given.Tier);
        var other = TierLadder.RankOf(programme.Tiers, earned?.Tier);
        return rank > other || (rank == other && Tags.EndsLater(given.Until, earned?.Until));
    }

    /// <summary>Of two members who become one: the higher tier, over what either has earned.</summary>
    public static TierState? Joined(Programme programme, TierState? own, TierState? other)
    {
        var earned = Higher(programme, EarnedOf(own), EarnedOf(other));
        var shown = Higher(programme, own, other);
        return shown is { Grant: { } grant }
            ? shown with { Grant = grant with { Earned = earned } }
            : shown;
    }

    private static TierState? Higher(Programme programme, TierState? own, TierState? other) =>
        other is not null && Covers(programme, other, own) ? other : own;

    private static TierState? EarnedOf(TierState? tier) => tier is { Grant: { } grant } ? grant.Earned : tier;

    /// <summary>What was earned comes to light again, and then the ladder is asked.</summary>
    public static void End(
        DecisionDraft draft, TierState present, TierGrant grant, DateTimeOffset at, string cause)
    {
        draft.Add(TierFact.Of(present, grant.Earned, at, cause));
        var scope = EventScope.OfMember(
            draft.Programme, draft.State, "tier.ended", $"tier:{at:O}", at.AddTicks(-1));
        // What was earned may end at this very instant; then that end asks.
        if (grant.Earned?.Until is not { } until || until > at)
            TierLadder.Climb(draft, scope, "validity");
    }
}
