using System.Collections.Immutable;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>
/// An event of the member that guards have put under review, and the points that it earned: nobody can spend
/// them, and no time makes them active, until an operator has said what becomes of them.
/// </summary>
/// <param name="Id">Names it for ever, with whomever its member becomes one: 12 digits that stand for member
/// and event.</param>
/// <param name="Causes">The guards that acted, in their order; at least one.</param>
/// <param name="Since">When it was decided.</param>
/// <param name="Type">The event's.</param>
/// <param name="By">Who sent the event; null: nobody that is known.</param>
public sealed record Review(
    [property: Name("i")] string Id,
    ImmutableArray<ReviewCause> Causes,
    [property: Name("on")] DateTimeOffset Since,
    [property: Name("t")] string Type,
    [property: Name("src")] string Source,
    [property: Name("e")] string Event,
    [property: Name("by")] string? By,
    ImmutableArray<HeldLine> Lines)
{
    [Name("y")]
    public ImmutableArray<ReviewCause> Causes { get; init; } = Causes.IsDefault ? [] : Causes;

    [Name("l")]
    public ImmutableArray<HeldLine> Lines { get; init; } = Lines.IsDefault ? [] : Lines;

    /// <summary>The store of a purchase or refund; null: it is neither.</summary>
    [Name("s")]
    public string? Store { get; init; }

    /// <summary>The purchase's, or that of the purchase which is returned; null as <see cref="Store"/>.
    /// </summary>
    [Name("r")]
    public string? Receipt { get; init; }

    /// <summary>Who sold it, as the till says; null: it did not, or it is no purchase.</summary>
    [Name("c")]
    public string? Cashier { get; init; }

    /// <summary>What the event used of limits and caps for points; all of it comes back with a rejection.
    /// </summary>
    [Name("u")]
    public ImmutableArray<UsedLimit> Limits { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What the event was given of budgets.</summary>
    [Name("b")]
    public ImmutableArray<UsedBudget> Budgets { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether a lot is one of those that wait for its end.</summary>
    public bool Holds(int lot)
    {
        foreach (var line in Lines)
            if (line.Lot == lot)
                return true;
        return false;
    }
}
