using MallVip.Silo.Hosting.Journals;

namespace MallVip.Silo.Backtest;

/// <summary>What <c>mallvip backtest</c> was asked.</summary>
/// <param name="Rules">The folder of the programme that is tried.</param>
/// <param name="Journal">The recorded history; a running silo may have it open.</param>
public sealed record BacktestOptions(string Rules, JournalChoice Journal)
{
    /// <summary>A day on the programme's clock, or an instant; null: the beginning.</summary>
    public string? From { get; init; }

    /// <summary>A day, included, or an instant; null: the newest entry.</summary>
    public string? To { get; init; }

    /// <summary>The share of the members, above 0 and up to 1.</summary>
    public double Sample { get; init; } = 1;

    /// <summary>The share of the processors, above 0 and up to 1.</summary>
    public double Cpu { get; init; } = 1;

    /// <summary>Compared with what is recorded; false: with the programme in force.</summary>
    public bool AgainstRecorded { get; init; } = true;

    /// <summary><c>table</c>, <c>json</c> or <c>csv</c>.</summary>
    public string Format { get; init; } = "table";

    /// <summary>The file that it is written to; null: standard output.</summary>
    public string? Out { get; init; }
}
