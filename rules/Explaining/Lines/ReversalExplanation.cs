using System.Collections.Immutable;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>How much of a line a return left, and where the rest was taken.</summary>
public sealed record ReversalExplanation
{
    /// <summary>The entry of the purchase.</summary>
    public required long Purchase { get; init; }

    public required string Store { get; init; }

    public required string Receipt { get; init; }

    /// <summary>The purchase's programme: it decides what is kept.</summary>
    public required string Version { get; init; }

    /// <summary>The rule that made the line, under the purchase's version; null: it is not known.</summary>
    public required Rule? Rule { get; init; }

    /// <summary>What the line had earned.</summary>
    public required Points Earned { get; init; }

    /// <summary>What earlier returns had left of it.</summary>
    public required Points Before { get; init; }

    /// <summary>What this return leaves.</summary>
    public required Points Kept { get; init; }

    /// <summary>What was paid and has not come back.</summary>
    public required Money PaidLeft { get; init; }

    /// <summary>What had been paid.</summary>
    public required Money Paid { get; init; }

    /// <summary>Of a multiplier: what it acts on after the return; null: it is an earn rule's line.</summary>
    public Points? Base { get; init; }

    /// <summary>Of a multiplier: its factor.</summary>
    public decimal? By { get; init; }

    /// <summary>Under <c>re-evaluate</c>: the rule's condition on what is left.</summary>
    public ImmutableArray<ExpressionTrace> Conditions { get; init; } = [];

    /// <summary>Under <c>re-evaluate</c>: its amount on what is left; null: it would not act.</summary>
    public ExpressionTrace? Amount { get; init; }
}
