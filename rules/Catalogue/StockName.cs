namespace MallVip.Rules.Catalogue;

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

    /// <summary>The reward that it is, and its mall; null: it is none.</summary>
    public static (string Reward, string Mall)? RewardOf(string stock) =>
        stock.StartsWith(RewardPrefix, StringComparison.Ordinal) && stock.LastIndexOf('@') is > 0 and var at
            ? (stock[RewardPrefix.Length..at], stock[(at + 1)..])
            : null;
}
