using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tiers;

/// <summary>Tiers that an operator or a rule gives until an instant, over what was earned.</summary>
internal static class TierGrants
{
    /// <summary>How many given tiers one can hide, each beneath the next: the state stays small.</summary>
    private const int MostHidden = 4;

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

    /// <summary>A given tier as another that is given hides it; null: none is hidden.</summary>
    public static TierState? Hidden(TierState? present, int levels = MostHidden) =>
        present is { Grant: { } grant } && levels > 0
            ? present with { Grant = grant with { Earned = null, Over = Hidden(grant.Over, levels - 1) } }
            : null;

    /// <summary>As if the tier had never been given: what it hid comes to light, if that lasts still and is
    /// worth more than what is earned by now.</summary>
    public static void TakeBack(DecisionDraft draft, TierState present, TierGrant grant)
    {
        var hidden = grant.Over;
        while (hidden is not null && hidden.Until <= draft.Now)
            hidden = hidden.Grant?.Over;
        var shown = hidden is { Grant: { } earlier }
            ? hidden with { Grant = earlier with { Earned = grant.Earned } }
            : null;
        if (shown is not null && Covers(draft.Programme, shown, grant.Earned))
            draft.Add(TierFact.Of(present, shown, draft.Now, "hand"));
        else
            End(draft, present, grant, draft.Now, "hand");
    }

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
