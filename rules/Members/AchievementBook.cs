using System.Collections.Immutable;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>What a member has gathered for achievements, by their own mall-local days, so that what comes
/// late counts on its day. Days as old as <see cref="DayLog.RetentionDays"/> are forgotten; the sums are
/// not. </summary>
/// <param name="Counted">What was added by day; the log's malls are here the achievements.</param>
/// <param name="Reached">How often by day.</param>
/// <param name="Sums">By achievement, for ever.</param>
public sealed record AchievementBook(
    [property: Name("c")] DayLog Counted, [property: Name("r")] DayLog Reached,
    ImmutableArray<AchievementSum> Sums)
{
    public static AchievementBook Empty { get; } = new(DayLog.Empty, DayLog.Empty, []);

    [Name("s")]
    public ImmutableArray<AchievementSum> Sums { get; init; } = Sums.IsDefault ? [] : Sums;

    /// <summary>All zero where nothing was counted.</summary>
    public AchievementSum SumOf(string achievement)
    {
        foreach (var sum in Sums)
            if (sum.Id == achievement)
                return sum;
        return new(achievement, 0, 0, 0);
    }

    /// <summary>Whether something counts on a day.</summary>
    public bool Counts(string achievement, DateOnly day) => Counted.HasSpend(achievement, day);

    /// <summary>The sums with another one in the place of the old one.</summary>
    internal ImmutableArray<AchievementSum> SumsWith(AchievementSum sum)
    {
        var at = -1;
        for (var i = 0; i < Sums.Length; i++)
            if (Sums[i].Id == sum.Id)
                at = i;
        return at < 0 ? Sums.Add(sum) : Sums.SetItem(at, sum);
    }
}

/// <summary>What came together for an achievement, from the first event on.</summary>
/// <param name="Amount">All that was counted.</param>
/// <param name="Days">Days on which something was.</param>
/// <param name="Times">How often it was reached.</param>
public sealed record AchievementSum(
    [property: Name("i")] string Id, [property: Name("a")] decimal Amount, [property: Name("d")] int Days,
    [property: Name("t")] int Times);
