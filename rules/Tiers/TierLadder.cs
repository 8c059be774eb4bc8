using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tiers;

/// <summary>
/// Moves a member on the ladder: up at once, and where the end of a validity leads. What was given until an
/// instant lies over what was earned, and what was earned goes on beneath it. Never computed from a balance,
/// unless a condition asks for one.
/// </summary>
internal static class TierLadder
{
    /// <summary>
    /// Upgrades to the highest tier above the earned one whose entry condition holds; a tier in its days of
    /// grace is renewed as soon as it is kept.
    /// </summary>
    /// <param name="scope">What happened; its facts are in the draft's state.</param>
    public static void Climb(DecisionDraft draft, EventScope scope, string cause)
    {
        var tiers = draft.Programme.Tiers;
        var earned = TierGrants.Earned(draft.State);
        var rank = RankOf(tiers, earned?.Tier);
        if (rank + 1 < tiers.Length
            && LadderQuestions.Highest(draft, scope, rank + 1, tiers.Length) is { } up)
            Put(draft, cause, scope.Event.Time, Begun(draft, scope, up, scope.Event.Time));
        else if (rank >= 0 && earned is { Grace: { } ended }
            && LadderQuestions.Keeps(draft, scope, tiers[rank]))
            Put(draft, "grace", scope.Event.Time, Renewed(draft, scope, tiers[rank], ended));
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
        var given = give.For is { } time
            ? TierGrants.Given(draft.State, scope, give.To, time)
            : Begun(draft, scope, tiers[rank], scope.Event.Time);
        if (rank == from)
            given = given with { Since = present!.Since };
        var changes = rank > from || (rank == from && Tags.EndsLater(given.Until, present!.Until));
        return changes ? TierFact.Of(present, given, scope.Event.Time, "rule", rule.Ref) : null;
    }

    /// <summary>The end of a validity, of days of grace or of a grant.</summary>
    public static void End(DecisionDraft draft, DateTimeOffset at)
    {
        var present = draft.State.Tier!;
        if (present.Grant is { } grant && present.Until <= at)
            TierGrants.End(draft, present, grant, at, "grant-ended");
        else
            Fall(draft, TierGrants.Earned(draft.State)!, at);
    }

    /// <summary>
    /// Asks the ladder as it is now, as if the member's validity ended without grace: after a change of the
    /// programme. A validity is only begun anew where the tier changes.
    /// </summary>
    /// <param name="falls">Whether members may fall.</param>
    public static void Reassess(DecisionDraft draft, bool falls)
    {
        var scope = EventScope.OfMember(
            draft.Programme, draft.State, "tier.reassessed", $"reassess:{draft.Now:O}", draft.Now);
        var tiers = draft.Programme.Tiers;
        var earned = TierGrants.Earned(draft.State);
        var rank = RankOf(tiers, earned?.Tier);
        var reached = LadderQuestions.Highest(draft, scope, rank + 1, tiers.Length);
        if (reached is null && rank >= 0 && LadderQuestions.Keeps(draft, scope, tiers[rank]))
            return;
        reached ??= LadderQuestions.Highest(draft, scope, 0, Math.Max(rank, 0));
        var isFall = earned is not null && (reached is null || reached.Rank < rank);
        if (reached?.Id != earned?.Tier && (falls || !isFall))
            Put(draft, "reassessed", draft.Now,
                reached is null ? null : Begun(draft, scope, reached, draft.Now));
    }

    /// <summary>
    /// A return has taken away what the earned tier asks for at entry: it falls as at its end, if it says
    /// so. A condition that did not hold before either was not the return's doing. </summary>
    /// <param name="before">The member as of before the return.</param>
    public static void Return(DecisionDraft draft, MemberState before)
    {
        var rank = RankOf(draft.Programme.Tiers, TierGrants.Earned(draft.State)?.Tier);
        if (rank < 0 || draft.Programme.Tiers[rank] is not
            { OnReturn: TierReturn.ReEvaluate, Entry: { } entry } tier)
            return;
        var scope = EventScope.OfMember(
            draft.Programme, draft.State, "tier.returned", $"return:{draft.Now:O}", draft.Now);
        if (!entry.Holds(scope.For(before), out _) || LadderQuestions.Enters(draft, scope, tier))
            return;
        var reached = Below(draft, scope, rank);
        Put(draft, "return", draft.Now, reached is null ? null : Begun(draft, scope, reached, draft.Now));
    }

    public static int RankOf(ImmutableArray<Tier> tiers, string? id)
    {
        for (var rank = 0; rank < tiers.Length; rank++)
            if (tiers[rank].Id == id)
                return rank;
        return -1;
    }

    /// <summary>Asked as of the last day: what a new year begins with is not asked of the old one.</summary>
    private static void Fall(DecisionDraft draft, TierState ended, DateTimeOffset at)
    {
        var scope = EventScope.OfMember(
            draft.Programme, draft.State, "tier.ended", $"tier:{at:O}", at.AddTicks(-1));
        var tiers = draft.Programme.Tiers;
        var rank = RankOf(tiers, ended.Tier);
        var reached = LadderQuestions.Highest(draft, scope, rank + 1, tiers.Length);
        var tier = reached is null && rank >= 0 ? tiers[rank] : null;
        if (tier is not null && LadderQuestions.Keeps(draft, scope, tier))
            Put(draft, "validity", at, Renewed(draft, scope, tier, ended.Grace ?? at) with { Since = at });
        else if (tier is { GraceDays: > 0 and var days } && ended.Grace is null)
            Put(draft, "grace", at, ended with
            {
                Until = ZoneTime.EndOfDay(scope.Day.AddDays(days), scope.Zone),
                Grace = at,
            });
        else
        {
            reached ??= Below(draft, scope, rank);
            Put(draft, "validity", at, reached is null ? null : Begun(draft, scope, reached, at));
        }
    }

    private static Tier? Below(DecisionDraft draft, EventScope scope, int rank)
    {
        var tiers = draft.Programme.Tiers;
        return rank > 0 && tiers[rank].Downgrade == TierFall.OneDown
            ? tiers[rank - 1]
            : LadderQuestions.Highest(draft, scope, 0, Math.Max(rank, 0));
    }

    private static TierState Begun(DecisionDraft draft, EventScope scope, Tier tier, DateTimeOffset since) =>
        new(tier.Id, since, TierDates.Until(tier, scope.Day, draft.Programme, draft.State, scope.Zone));

    /// <summary>Days of grace do not move the cycle: the next validity follows the one that ended.</summary>
    private static TierState Renewed(DecisionDraft draft, EventScope scope, Tier tier, DateTimeOffset ended)
    {
        var day = TierDates.LastDay(ended, scope.Zone);
        var renewed = TierDates.Until(tier, day, draft.Programme, draft.State, scope.Zone);
        return renewed <= scope.Event.Time
            ? Begun(draft, scope, tier, scope.Event.Time)
            : new(tier.Id, scope.Event.Time, renewed);
    }

    /// <summary>The earned tier changes; a grant that is worth more stays over it.</summary>
    private static void Put(DecisionDraft draft, string cause, DateTimeOffset at, TierState? earned)
    {
        var present = draft.State.Tier;
        var after = present?.Grant is { } grant && TierGrants.Covers(draft.Programme, present, earned)
            ? present with { Grant = grant with { Earned = earned } }
            : earned;
        draft.Add(TierFact.Of(present, after, at, cause));
    }
}
