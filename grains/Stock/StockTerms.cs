using System.Collections.Frozen;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Stock;

/// <summary>What the programme says of a stock.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="PerDay">How many are given out on one day.</param>
/// <param name="Waiting">How many may wait for one that comes back.</param>
/// <param name="Hold">How long a piece is set aside for its member.</param>
/// <param name="Zone">Of days.</param>
public sealed record StockTerms(long Total, long PerDay, int Waiting, TimeSpan Hold, TimeZoneInfo Zone)
{
    /// <summary>Whether and when members may claim pieces; null: they may not.</summary>
    public CouponClaim? Claim { get; init; }

    public bool Takes(StockOrder order, DateTimeOffset now) => !order.IsClaim
        || (Claim is { } claim && !(claim.From > now) && !(claim.To <= now));

    /// <summary>Null: there is no such stock (any more).</summary>
    public static StockTerms? Of(Programme programme, string stock) =>
        StockName.CouponOf(stock) is { } template ? OfCoupon(programme, template)
            : StockName.RewardOf(stock) is { } reward ? OfReward(programme, reward.Reward, reward.Mall)
            : null;

    /// <summary>Stocks that end somewhere, with how many there are in all.</summary>
    public static IEnumerable<(string Stock, long Total)> All(Programme programme)
    {
        foreach (var coupon in programme.Coupons.Values)
            if (coupon.Stock is { } total)
                yield return (StockName.OfCoupon(coupon.Id), total);
        foreach (var reward in programme.Rewards.Values)
            foreach (var (mall, total) in reward.Stock ?? FrozenDictionary<string, long>.Empty)
                yield return (StockName.OfReward(reward.Id, mall), total);
    }

    private static StockTerms? OfCoupon(Programme programme, string template) =>
        programme.Coupons.GetValueOrDefault(template) is { IsCounted: true } coupon
            ? new(
                coupon.Stock ?? long.MaxValue, coupon.StockPerDay ?? long.MaxValue,
                coupon.Claim?.Waiting ?? 0,
                TimeSpan.FromMinutes(coupon.Claim?.HoldMinutes ?? 10), programme.Zone)
            {
                Claim = coupon.Claim,
            }
            : null;

    private static StockTerms? OfReward(Programme programme, string id, string at) =>
        programme.Rewards.TryGetValue(id, out var reward) && reward.IsAt(at)
            && programme.Malls.TryGetValue(at, out var mall)
            ? new(
                reward.Stock?[at] ?? long.MaxValue, long.MaxValue, reward.Waiting, TimeSpan.Zero, mall.Zone)
            : null;
}
