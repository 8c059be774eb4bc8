using System.Collections.Immutable;
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

    /// <summary>Those of the identities given that others hold too, with the member's place in their order,
    /// from 1; none: there are none.</summary>
    public ImmutableSortedDictionary<string, int>? Shared { get; init; }
}
