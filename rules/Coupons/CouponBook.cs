using System.Collections.Immutable;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Coupons;

/// <summary>
/// The coupons of a member: those that may still be used, and used ones that a return could bring back. What
/// has ended stands in the journal alone. How many were granted is counted among the member's limits.
/// </summary>
public sealed record CouponBook
{
    public static CouponBook Empty { get; } = new();

    /// <summary>In the order of their numbers.</summary>
    [Name("c")]
    public ImmutableArray<Coupon> Coupons { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The number that the next coupon gets.</summary>
    [Name("n")]
    public int Next { get; init; } = 1;

    /// <summary>Pieces of stocks that are asked for, in the order in which they were.</summary>
    [Name("q")]
    public ImmutableArray<CouponAsk> Asks { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What names the member's next ask.</summary>
    [Name("qn")]
    public int NextAsk { get; init; } = 1;

    /// <summary>Where a coupon stands in <see cref="Coupons"/>; below 0: nowhere.</summary>
    public int IndexOf(int number)
    {
        for (var i = 0; i < Coupons.Length; i++)
            if (Coupons.ItemRef(i).Number == number)
                return i;
        return -1;
    }

    /// <summary>Null: the member has no such coupon, or it has ended.</summary>
    public Coupon? Find(int number) => IndexOf(number) is >= 0 and var at ? Coupons[at] : null;

    /// <summary>The number of the coupon that a list and line gave; 0: it has ended.</summary>
    public int NumberOf(string list)
    {
        foreach (ref readonly var coupon in Coupons.AsSpan())
            if (coupon.Marks?.List == list)
                return coupon.Number;
        return 0;
    }

    /// <summary>Null: no such piece is asked for (any more).</summary>
    public CouponAsk? FindAsk(string? piece)
    {
        foreach (var ask in Asks)
            if (ask.Piece == piece)
                return ask;
        return null;
    }
}
