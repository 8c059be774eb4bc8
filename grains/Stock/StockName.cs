using MallVip.Grains.Journal;

namespace MallVip.Grains.Stock;

/// <summary>How stocks are called.</summary>
public static class StockName
{
    private const string CouponPrefix = "coupon:";
    private const string RewardPrefix = "reward:";

    /// <summary>The coupons of a template.</summary>
    public static string OfCoupon(string template) => CouponPrefix + template;

    /// <summary>A reward at a mall.</summary>
    public static string OfReward(string reward, string mall) => $"{RewardPrefix}{reward}@{mall}";

    /// <summary>The template whose coupons they are; null: they are none.</summary>
    public static string? CouponOf(string stock) =>
        stock.StartsWith(CouponPrefix, StringComparison.Ordinal) ? stock[CouponPrefix.Length..] : null;

    /// <summary>The grain's key in the journal.</summary>
    public static GrainKey ToJournal(string stock) =>
        new(GrainKind.Stock, EventKey.Of("stock", "", stock).Value);

    /// <summary>The grain's key: 32 hex digits.</summary>
    public static string ToGrain(string stock) => EventKey.Of("stock", "", stock).ToString();
}
