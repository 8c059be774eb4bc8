using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes;

/// <summary>What operators may hand in for members, where no till has sent the receipt.</summary>
public sealed record DeskReceipts
{
    /// <summary>The most that <see cref="WaitDays"/> may be.</summary>
    public const int MostWaitDays = 31;

    /// <summary>Slips of one operator on a mall day, 1 to 10,000. Default 30.</summary>
    public int PerDay { get; init; } = 30;

    /// <summary>What these add up to at most, in the mall's currency. Default 20,000.</summary>
    public Money AmountPerDay { get; init; } = new(20_000);

    /// <summary>How many mall days a slip may be old, 0 (of today) to 3,650. Default 30.</summary>
    public int OldestDays { get; init; } = 30;

    /// <summary>After how many days a slip that nobody has approved is declined. Default 7.</summary>
    public int WaitDays { get; init; } = 7;

    /// <summary>Slips above it need a second operator. Null (default): all of them.</summary>
    public Money? ApproveAbove { get; init; }
}
