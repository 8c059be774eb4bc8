using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Events;

/// <summary>
/// <c>mall.purchase</c>: a receipt of one store. <see cref="Paid"/> counts; lines only describe it.
/// </summary>
public sealed record PurchaseData : EventData
{
    /// <summary>
    /// The store's own number of the receipt; (store, receipt) names the purchase for ever.
    /// </summary>
    [Name("r")]
    public required string Receipt { get; init; }

    /// <summary>A store code, declared in <c>programme.yaml</c> or not yet.</summary>
    [Name("s")]
    public required string Store { get; init; }

    /// <summary>What was paid, in the currency of the store's mall. 0 or more.</summary>
    [Name("p"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Money Paid { get; init; }

    [Name("l")]
    public ImmutableArray<PurchaseLine> Lines { get => field.IsDefault ? [] : field; init; } = [];

    [Name("t")]
    public ImmutableArray<Tender> Tenders { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Points of the default wallet that this purchase uses up. 0 or more.</summary>
    [Name("u")]
    public Points PointsUsed { get; init; }

    /// <summary>The hold that the points it uses were set aside by; null: none.</summary>
    [Name("ho")]
    public string? Hold { get; init; }

    /// <summary>Codes of coupons that the till has taken. Those of another system are only recorded.
    /// </summary>
    [Name("cp")]
    public ImmutableArray<string> Coupons { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The member's own coupons among them, by their numbers; 0: a code of ours that is not the
    /// member's. No till says this: it is found when the event reaches its member.</summary>
    [JsonIgnore]
    public ImmutableArray<int> Redeems
    {
        get => CouponNumbers ?? [];
        init => CouponNumbers = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary><see cref="Redeems"/> as they are stored; null: none.</summary>
    [Name("cn")]
    public ImmutableArray<int>? CouponNumbers { get; init; }

    [Name("till")]
    public string? Till { get; init; }

    [Name("by")]
    public string? Cashier { get; init; }
}

/// <summary>One line of a receipt.</summary>
/// <param name="Qty">Units sold; fuel comes in thousands.</param>
/// <param name="Paid">What was paid for the whole line; below 0 for a discount.</param>
public sealed record PurchaseLine(
    [property: Name("k")] string? Sku,
    [property: Name("c")] string? Category,
    [property: Name("b")] string? Brand,
    [property: Name("q")] decimal Qty,
    [property: Name("p")] Money Paid);

/// <summary>How a part of the receipt was paid.</summary>
public sealed record Tender([property: Name("k")] string Kind, [property: Name("p")] Money Paid);
