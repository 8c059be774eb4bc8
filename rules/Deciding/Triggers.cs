using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Deciding;

/// <summary>Finds in the facts of a step what further rules wait for.</summary>
internal static class Triggers
{
    /// <param name="before">The member as of before the step.</param>
    /// <param name="first">Where the facts of the step begin.</param>
    /// <param name="found">Type and content of each, in the order of the facts; points once a wallet.</param>
    public static void Find(
        DecisionDraft draft, MemberState before, int first, List<(string Type, Trigger Trigger)> found)
    {
        for (var i = first; i < draft.Facts.Count; i++)
            if (TypeOf(draft.Facts[i]) is { } type && draft.Programme.RuleTypes.Contains(type)
                && Of(draft, before, first, i) is { } trigger)
                found.Add((type, trigger));
    }

    /// <summary>What a fact may set off; null: nothing.</summary>
    private static string? TypeOf(Fact fact) => fact switch
    {
        Fact.TierChanged changed => IsRenewal(changed) ? EventTypes.TierRenewed : EventTypes.TierChanged,
        Fact.TagAdded => EventTypes.TagAdded,
        Fact.Earned => EventTypes.PointsEarned,
        Fact.AchievementReached => EventTypes.AchievementReached,
        Fact.ReferralCompleted => EventTypes.ReferralCompleted,
        _ => null,
    };

    private static Trigger? Of(DecisionDraft draft, MemberState before, int first, int at) =>
        draft.Facts[at] switch
        {
            Fact.TierChanged changed when changed.To != before.Tier?.Tier && IsLastTier(draft, at) =>
                new() { From = before.Tier?.Tier ?? "", To = changed.To ?? "", Cause = changed.Cause },
            Fact.TierChanged renewed when IsRenewal(renewed) =>
                new() { From = renewed.To!, Ends = renewed.Until!.Value },
            Fact.TagAdded added when Tags.Find(before, added.Tag) is null => new() { Tag = added.Tag },
            Fact.Earned { Why: not null } earned when IsFirst(draft, first, at, earned.Wallet) =>
                new() { Wallet = earned.Wallet, Points = SumOf(draft, at, earned.Wallet) },
            Fact.ReferralCompleted completed when before.Referral is null =>
                new() { Paid = completed.Paid.Amount },
            Fact.AchievementReached reached => new()
            {
                Achievement = reached.Achievement,
                Times = draft.State.Achievements!.SumOf(reached.Achievement).Times,
                Points = reached.Times,
            },
            _ => null,
        };

    private static bool IsRenewal(Fact.TierChanged changed) =>
        changed is { Cause: "validity" or "grace", Until: not null, Grace: null, Grant: null }
        && changed.From == changed.To;

    /// <summary>A rule may lift to one tier and the ladder to a higher one: that is one change.</summary>
    private static bool IsLastTier(DecisionDraft draft, int at)
    {
        for (var i = at + 1; i < draft.Facts.Count; i++)
            if (draft.Facts[i] is Fact.TierChanged)
                return false;
        return true;
    }

    private static bool IsFirst(DecisionDraft draft, int first, int at, string wallet)
    {
        for (var i = first; i < at; i++)
            if (draft.Facts[i] is Fact.Earned earlier && earlier.Wallet == wallet)
                return false;
        return true;
    }

    private static long SumOf(DecisionDraft draft, int at, string wallet)
    {
        var sum = 0L;
        for (var i = at; i < draft.Facts.Count; i++)
            if (draft.Facts[i] is Fact.Earned { Why: not null } earned && earned.Wallet == wallet)
                sum += earned.Amount.Value;
        return sum;
    }
}
