using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>What became of a command.</summary>
public sealed record DeskAnswerBody : OutcomeBody
{
    /// <summary>
    /// <c>accepted</c>, <c>duplicate</c> (the outcome is the first one) or <c>unchanged</c>.
    /// </summary>
    public required string Status { get; init; }

    public required MemberId Member { get; init; }
}
