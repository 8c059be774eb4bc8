using SiloAddress = MallVip.Silo.Publishing.SiloAddress;

namespace MallVip.Silo.Lists;

/// <summary>What <c>mallvip batch</c> was asked to do.</summary>
/// <param name="Silo">The silo that runs.</param>
public sealed record BatchOptions(SiloAddress Silo)
{
    /// <summary>The list, as CSV; null: <see cref="Id"/> names one that was handed in.</summary>
    public string? File { get; init; }

    /// <summary>Why; needed to hand one in.</summary>
    public string? Reason { get; init; }

    /// <summary>A list that was handed in; null: <see cref="File"/> is to be.</summary>
    public string? Id { get; init; }

    /// <summary>Only check the file.</summary>
    public bool DryRun { get; init; }

    /// <summary>Have it carried out.</summary>
    public bool Approve { get; init; }

    /// <summary>Have the good rows carried out although others are wrong.</summary>
    public bool SkipWrong { get; init; }

    /// <summary>Stay until it has ended.</summary>
    public bool Watch { get; init; }
}
