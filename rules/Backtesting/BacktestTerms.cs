using MallVip.Rules.Programmes;

namespace MallVip.Rules.Backtesting;

/// <summary>What a back-test compares, and over which time.</summary>
public sealed record BacktestTerms
{
    /// <summary>What is tried.</summary>
    public required Programme Draft { get; init; }

    /// <summary>What it is compared with: the programme in force. Against what is recorded it only fires what
    /// is due at the end, and says what points cost.</summary>
    public required Programme Published { get; init; }

    /// <summary>Entries count as they are recorded; false: they are decided anew under
    /// <see cref="Published"/>.</summary>
    public required bool AgainstRecorded { get; init; }

    /// <summary>The programme of a version, for purchases that were made before <see cref="From"/> and for
    /// what budgets were asked.</summary>
    public required Func<string, Programme> Version { get; init; }

    /// <summary>The first instant that is decided anew, by the clock of the entries; null: all are.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The instant at which both sides are compared; entries behind it are left out.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Budgets are not asked: a part of the members cannot use up what all share.</summary>
    public bool IgnoresBudgets { get; init; }
}
