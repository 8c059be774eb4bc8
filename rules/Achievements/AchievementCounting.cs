using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Achievements;

/// <summary>Counts events for achievements, says when a goal is reached, and takes back what comes back. What
/// was reached stays reached: what a return takes has to be made up for before it is reached again.</summary>
internal static class AchievementCounting
{
    /// <param name="before">The member as of before the event: what conditions read.</param>
    public static void Count(DecisionDraft draft, EventScope scope, MemberState before)
    {
        foreach (var achievement in draft.Programme.Achievements)
            if (achievement.On == scope.Event.Type)
                Count(draft, scope, before, achievement);
    }

    /// <summary>What is back counts no more: of an amount the share by money, else all of it when all is
    /// back. </summary>
    public static void TakeBack(
        DecisionDraft draft, PurchaseHistory history, RemainingBasket before, RemainingBasket after)
    {
        foreach (var counted in history.Facts.OfType<Fact.AchievementCounted>())
        {
            var byShare = history.Programme.FindAchievement(counted.Achievement)?.Amount is not null;
            var back = before.KeptOf(counted.Amount, byShare) - after.KeptOf(counted.Amount, byShare);
            if (back > 0)
                draft.Add(counted with { Amount = -back });
        }
    }

    private static void Count(
        DecisionDraft draft, EventScope scope, MemberState before, Achievement achievement)
    {
        var known = draft.State.Achievements?.Counts(achievement.Id, scope.Day) == true;
        // Each purchase of a day is counted: one of them may come back.
        if (known && achievement.IsByDay && !scope.IsPurchase)
            return;
        var amount = AmountOf(draft, scope.For(before), achievement);
        if (amount <= 0)
            return;
        draft.Add(new Fact.AchievementCounted(achievement.Id, scope.Day, amount));
        var owed = AchievementProgress.Of(draft.State, achievement, scope.Day).Owed;
        if (owed > 0)
            draft.Add(new Fact.AchievementReached(achievement.Id, scope.Day, owed));
    }

    private static decimal AmountOf(DecisionDraft draft, EvalContext context, Achievement achievement)
    {
        RuleFault? fault = null;
        var holds = achievement.When is null || achievement.When.Holds(context, out fault);
        var amount = !holds ? 0
            : achievement.Amount is null ? 1
            : (achievement.Amount.Evaluate(context, out fault) as FieldValue.Number)?.Value ?? 0;
        if (fault is not null)
            draft.Warn(WarningCodes.RuleFailed, $"{fault.Code}: {fault.Message}", achievement.Ref);
        return Math.Min(amount, Money.Limit);
    }
}
