using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>How counting and reaching change the member's book of achievements.</summary>
internal static class AchievementFold
{
    public static MemberState Apply(MemberState state, Fact.AchievementCounted fact)
    {
        var book = state.Achievements ?? AchievementBook.Empty;
        var counted = fact.Amount > 0
            ? book.Counted.AddPurchase(fact.Achievement, fact.Day, fact.Amount)
            : book.Counted.RemoveSpend(fact.Achievement, fact.Day, -fact.Amount);
        var days = (counted.HasSpend(fact.Achievement, fact.Day) ? 1 : 0)
            - (book.Counts(fact.Achievement, fact.Day) ? 1 : 0);
        var sum = book.SumOf(fact.Achievement);
        return state with
        {
            Achievements = new(counted, book.Reached, book.SumsWith(
                sum with { Amount = sum.Amount + fact.Amount, Days = sum.Days + days })),
        };
    }

    public static MemberState Apply(MemberState state, Fact.AchievementReached fact)
    {
        var book = state.Achievements ?? AchievementBook.Empty;
        var sum = book.SumOf(fact.Achievement);
        return state with
        {
            Achievements = new(
                book.Counted, book.Reached.AddPurchase(fact.Achievement, fact.Day, fact.Times),
                book.SumsWith(sum with { Times = sum.Times + fact.Times })),
        };
    }

    /// <summary>Both books as one; a day on which both counted is one day.</summary>
    public static AchievementBook? Join(AchievementBook? own, AchievementBook? other)
    {
        if (own is null || other is null)
            return own ?? other;
        var joined = own with
        {
            Counted = own.Counted.With(other.Counted),
            Reached = own.Reached.With(other.Reached),
        };
        foreach (var sum in other.Sums)
        {
            var mine = own.SumOf(sum.Id);
            var both = own.Counted.SpendingDays(sum.Id).Intersect(other.Counted.SpendingDays(sum.Id)).Count();
            joined = joined with
            {
                Sums = joined.SumsWith(mine with
                {
                    Amount = mine.Amount + sum.Amount,
                    Days = mine.Days + sum.Days - both,
                    Times = mine.Times + sum.Times,
                }),
            };
        }

        return joined;
    }
}
