using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tiers;

/// <summary>What is missing to keep the earned tier and to reach the next one: nothing is decided.</summary>
/// <param name="Keep">As of the last day of the validity, or of the days of grace, with what has happened so
/// far; null: the tier has no end, or there is none.</param>
/// <param name="Next">As of now; null: there is no higher tier.</param>
public sealed record TierOutlook(TierAim? Keep, TierAim? Next)
{
    /// <param name="now">The clock; earlier than the end of the tier.</param>
    public static TierOutlook Of(MemberState state, Programme programme, DateTimeOffset now)
    {
        var tiers = programme.Tiers;
        var earned = TierGrants.Earned(state);
        var rank = TierLadder.RankOf(tiers, earned?.Tier);
        var keep = rank >= 0 && earned!.Until is { } until
            ? Aim(tiers[rank], tiers[rank].Keep, until.AddTicks(-1), until)
            : null;
        var next = rank + 1 < tiers.Length ? tiers[rank + 1] : null;
        return new(keep, next is null ? null : Aim(next, next.Entry, now, null));

        TierAim Aim(Tier tier, ICondition? condition, DateTimeOffset at, DateTimeOffset? by)
        {
            var context = EventScope.OfMember(programme, state, "tier.outlook", "tier", at).For(state);
            var holds = condition is null || condition.Holds(context, out _);
            return new(tier, TierGap.Of(condition, context), holds, by);
        }
    }
}
