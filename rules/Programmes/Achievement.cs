using MallVip.Rules.Facts;

namespace MallVip.Rules.Programmes;

/// <summary>Something to reach by coming again and again: a streak, a badge.</summary>
/// <param name="On">The type of the events that count.</param>
/// <param name="Goal">What has to come together: 1 or more.</param>
public sealed record Achievement(string Id, string Name, string On, long Goal)
{
    /// <summary>Which of the events count; null: all.</summary>
    public ICondition? When { get; init; }

    /// <summary>What each adds; null: see <see cref="Counts"/>.</summary>
    public IValue? Amount { get; init; }

    /// <summary>Default events.</summary>
    public AchievementCounts Counts { get; init; }

    /// <summary>In which window it comes together. Default ever. Of no meaning for a streak.</summary>
    public LimitWindow Every { get; init; } = LimitWindow.Ever;

    /// <summary>It counts unbroken days, weeks or months with an event; null: it is no streak.</summary>
    public StreakUnit? Streak { get; init; }

    /// <summary>How often it may be reached. Default once.</summary>
    public Recurrence Recurs { get; init; }

    /// <summary>Its place in <c>programme.yaml</c>, for warnings.</summary>
    public required RuleRef Ref { get; init; }

    /// <summary>A second event of a day adds nothing.</summary>
    public bool IsByDay => Streak is not null || Counts == AchievementCounts.Days;
}

/// <summary>What an achievement adds up.</summary>
public enum AchievementCounts
{
    Events,
    /// <summary>Mall-local days with an event.</summary>
    Days,
    /// <summary>An amount in CEL.</summary>
    Amount,
}

/// <summary>What a streak is made of.</summary>
public enum StreakUnit
{
    Day,
    /// <summary>From Monday.</summary>
    Week,
    Month,
}

/// <summary>How often an achievement may be reached.</summary>
public enum Recurrence
{
    Once,
    /// <summary>Once in each window; of a streak: once while it is unbroken.</summary>
    EveryPeriod,
    /// <summary>With every multiple of the goal.</summary>
    Always,
}
