using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Coupons;

/// <summary>Where, when, on what and by whom a coupon is taken; an empty list leaves it open.</summary>
public sealed record CouponScope
{
    public static CouponScope Everywhere { get; } = new();

    public ImmutableArray<string> Malls { get; init; } = [];

    public ImmutableArray<string> Stores { get; init; } = [];

    /// <summary>Of the line or, where it has none, of the store.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Of the line.</summary>
    public ImmutableArray<string> Brands { get; init; } = [];

    /// <summary>Members of these tiers.</summary>
    public ImmutableArray<string> Tiers { get; init; } = [];

    /// <summary>Days of the week, hours and calendars, by the mall's clock; null: always.</summary>
    public ActiveWindow? Active { get; init; }
}
