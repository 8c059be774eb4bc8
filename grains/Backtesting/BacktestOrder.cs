using MallVip.Rules.Programmes;

namespace MallVip.Grains.Backtesting;

/// <summary>What a back-test is asked for.</summary>
public sealed record BacktestOrder
{
    /// <summary>What is tried.</summary>
    public required Programme Draft { get; init; }

    /// <summary>The first instant that is decided anew; null: the beginning of the history.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last instant; null: the journal's newest entry.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Compared with what is recorded (default), or with the history under the programme in
    /// force.</summary>
    public bool AgainstRecorded { get; init; } = true;

    /// <summary>The share of the members that is looked at, above 0 and up to 1 (default). The same share is
    /// always the same members.</summary>
    public double Sample { get; init; } = 1;

    /// <summary>The share of the machine's processors that it may keep busy, above 0 and up to 1
    /// (default).</summary>
    public double CpuShare { get; init; } = 1;

    /// <summary>Whether budgets are left out: a sample cannot use up what all members share.</summary>
    public bool IgnoresBudgets => Sample < 1;
}
