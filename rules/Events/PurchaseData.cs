using System.Collections.Immutable;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Events;

/// <summary><c>mall.purchase</c>: a receipt of one store. <see cref="Paid"/> counts; lines only describe it.</summary>
public sealed record PurchaseData : EventData
{
    /// <summary>The store's own number of the receipt; (store, receipt) names the purchase for ever.</summary>
    public required string Receipt { get; init; }

    /// <summary>A store code, declared in <c>programme.yaml</c> or not yet.</summary>
    public required string Store { get; init; }

    /// <summary>What was paid, in the currency of the store's mall. 0 or more.</summary>
    public required Money Paid { get; init; }

    public ImmutableArray<PurchaseLine> Lines { get; init; } = [];

    public ImmutableArray<Tender> Tenders { get; init; } = [];

    /// <summary>Points of the default wallet that this purchase uses up. 0 or more.</summary>
    public Points PointsUsed { get; init; }

    public string? Till { get; init; }

    public string? Cashier { get; init; }
}

/// <summary>One line of a receipt.</summary>
/// <param name="Qty">Units sold; fuel comes in thousands.</param>
/// <param name="Paid">What was paid for the whole line.</param>
public sealed record PurchaseLine(string? Sku, string? Category, string? Brand, decimal Qty, Money Paid);

/// <summary>How a part of the receipt was paid.</summary>
public sealed record Tender(string Kind, Money Paid);

/// <summary><c>mall.refund</c>: part or all of a purchase comes back.</summary>
public sealed record RefundData : EventData
{
    /// <summary>The store's own number of the refund.</summary>
    public required string Refund { get; init; }

    public required string Store { get; init; }

    /// <summary>The receipt of the purchase that is returned.</summary>
    public required string Receipt { get; init; }

    /// <summary>What was paid back, a positive amount.</summary>
    public required Money Paid { get; init; }

    /// <summary>The returned lines; empty: the amount is taken from the purchase as a whole.</summary>
    public ImmutableArray<RefundLine> Lines { get; init; } = [];
}

/// <summary>A returned line.</summary>
/// <param name="Line">1-based position in the purchase.</param>
public sealed record RefundLine(int Line, decimal Qty, Money Paid);
