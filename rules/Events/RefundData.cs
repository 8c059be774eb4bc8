using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Events;

/// <summary><c>mall.refund</c>: part or all of a purchase comes back.</summary>
public sealed record RefundData : EventData
{
    /// <summary>The store's own number of the refund.</summary>
    [Name("n")]
    public required string Refund { get; init; }

    [Name("s")]
    public required string Store { get; init; }

    /// <summary>The receipt of the purchase that is returned.</summary>
    [Name("r")]
    public required string Receipt { get; init; }

    /// <summary>What was paid back: above 0, or 0 where lines that cost nothing come back.</summary>
    [Name("p"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Money Paid { get; init; }

    /// <summary>The returned lines; empty: the amount is taken from the purchase as a whole.</summary>
    [Name("l")]
    public ImmutableArray<RefundLine> Lines { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>A returned line.</summary>
/// <param name="Line">1-based position in the purchase.</param>
public sealed record RefundLine(
    [property: Name("i")] int Line, [property: Name("q")] decimal Qty, [property: Name("p")] Money Paid);
