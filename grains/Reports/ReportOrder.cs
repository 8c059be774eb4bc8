using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Reports;

/// <summary>What a report is asked for.</summary>
public sealed record ReportOrder
{
    /// <summary>One of <see cref="ReportCatalog.Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The first day that counts; null: from the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day that counts, included; null: to the end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What a point costs, by wallet; one that is missing costs what the newest programme of the
    /// days asked for says, if anything.</summary>
    public ImmutableSortedDictionary<string, decimal> Costs { get; init; } =
        ImmutableSortedDictionary<string, decimal>.Empty;

    /// <summary>The store of a day-close; null in other reports.</summary>
    public string? Store { get; init; }

    /// <summary>The till's receipts for a day-close.</summary>
    public ImmutableArray<TillReceipt> Till { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether a day counts.</summary>
    public bool Holds(DateOnly day) => !(day < From) && !IsAfter(day);

    /// <summary>Whether a day is later than the last that counts.</summary>
    public bool IsAfter(DateOnly day) => day > To;

    /// <summary>What some points cost: as asked for, else as the programme says; null: nobody said what one
    /// does.</summary>
    public decimal? CostOf(string wallet, decimal points, Programme? programme)
    {
        if (Costs.TryGetValue(wallet, out var cost))
            return points * cost;
        return points * programme?.FindWallet(wallet)?.Cost;
    }
}

/// <summary>A receipt of the till's own file.</summary>
/// <param name="Refund">The refund's number; null: a purchase.</param>
/// <param name="Paid">What was paid, or paid back; 0 or more.</param>
public readonly record struct TillReceipt(string Receipt, string? Refund, decimal Paid);
