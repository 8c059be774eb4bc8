using System.Collections.Immutable;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Coupons;

/// <summary>What few coupons of a member have.</summary>
public sealed record CouponMarks
{
    public static CouponMarks None { get; } = new();

    /// <summary>The piece of a stock that it is; null: none.</summary>
    [Name("p")]
    public string? Piece { get; init; }

    /// <summary>The list and line that gave it; null: none did.</summary>
    [Name("li")]
    public string? List { get; init; }

    /// <summary>A till has set it aside; null: none has.</summary>
    [Name("h")]
    public CouponHold? Hold { get; init; }

    /// <summary>Where it was redeemed and has not come back.</summary>
    [Name("u")]
    public ImmutableArray<CouponUse> Uses { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>A till has set a coupon aside for a receipt that is about to come.</summary>
/// <param name="Receipt">Null: of any receipt of the store.</param>
/// <param name="Until">The first instant at which it is free again.</param>
public sealed record CouponHold(
    [property: Name("s")] string Store, [property: Name("r")] string? Receipt,
    [property: Name("until")] DateTimeOffset Until);

/// <summary>A redemption.</summary>
/// <param name="Off">What it took off.</param>
public sealed record CouponUse(
    [property: Name("s")] string Store, [property: Name("r")] string Receipt, [property: Name("a")] Money Off)
{
    public bool Is(string store, string receipt) => Store == store && Receipt == receipt;
}
