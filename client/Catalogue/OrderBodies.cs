using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Grains.Catalogue;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Catalogue;

/// <summary>Shows rewards and orders as the wire does.</summary>
/// <param name="programme">The programme in force, for names.</param>
internal sealed class OrderBodies(Func<Programme> programme, OrderCodes codes)
{
    public OrderBody Of(RewardOrder order)
    {
        var names = programme();
        var reward = names.Rewards.GetValueOrDefault(order.Reward);
        var zone = names.Malls.GetValueOrDefault(order.Mall)?.Zone ?? names.Zone;
        return new(
            codes.Of(order.Id), order.Reward, reward?.Name ?? order.Reward, order.Mall, order.Status,
            order.Wallet, order.Points.Value, TimeZoneInfo.ConvertTime(order.At, zone),
            TimeZoneInfo.ConvertTime(order.Until, zone), Some(order.Cash), order.Payment,
            reward is not null && reward.Desks.TryGetValue(order.Mall, out var desks) ? desks : null);
    }

    /// <param name="tier">Whose price is told first; null: the one without a tier.</param>
    /// <param name="left">Null: any number, or none is asked for.</param>
    public static RewardBody Of(Reward reward, string? tier, long? left) => new(
        reward.Id, reward.Name, reward.Wallet, Of(reward.PriceFor(tier)),
        reward.TierPrices.Count == 0 ? null
            : reward.TierPrices.ToImmutableSortedDictionary(
                price => price.Key, price => Of(price.Value), StringComparer.Ordinal),
        reward.Tiers.IsEmpty ? null : reward.Tiers, reward.From, reward.To, reward.Coupon,
        reward.Stock is { } stock ? [.. stock.Keys.Order(StringComparer.Ordinal)] : null, left);

    private static RewardPriceBody Of(RewardPrice price) => new(price.Points.Value, Some(price.Cash));

    private static Money? Some(Money amount) => amount > Money.Zero ? amount : null;
}
