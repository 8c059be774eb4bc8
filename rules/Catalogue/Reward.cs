using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Coupons;

namespace MallVip.Rules.Catalogue;

/// <summary>Something that members order for points, as <c>programme.yaml</c> declares it under
/// <c>catalogue</c>. An order keeps what it promised; only its later steps ask the reward again.</summary>
/// <param name="Wallet">Whose points it costs.</param>
/// <param name="Price">For whoever has no price of a tier.</param>
public sealed record Reward(string Id, string Name, string Wallet, RewardPrice Price)
{
    /// <summary>Prices of tiers, by tier. Default: all pay the same.</summary>
    public FrozenDictionary<string, RewardPrice> TierPrices { get; init; } =
        FrozenDictionary<string, RewardPrice>.Empty;

    /// <summary>Members of these tiers order it; empty (default): all.</summary>
    public ImmutableArray<string> Tiers { get; init; } = [];

    /// <summary>The first instant at which it is ordered; null (default): at once.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant at which it is not any more; null (default): as long as there is any.
    /// </summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How many there are in all, by mall; a mall that is not named has none. Null (default): any
    /// number at every mall.</summary>
    public FrozenDictionary<string, long>? Stock { get; init; }

    /// <summary>How many may wait for a piece that comes back, at each mall. Default 0.</summary>
    public int Waiting { get; init; }

    /// <summary>Where it is handed over, by mall; a mall that is not named: at any desk.</summary>
    public FrozenDictionary<string, ImmutableArray<string>> Desks { get; init; } =
        FrozenDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>How many a member may order; null (default): any number.</summary>
    public CouponLimit? PerMember { get; init; }

    /// <summary>The coupon that it is; null (default): a thing that is picked up.</summary>
    public string? Coupon { get; init; }

    /// <summary>Minutes within which the cash price is paid. Default 30.</summary>
    public int PayMinutes { get; init; } = 30;

    /// <summary>Days after the one of the order, or of its payment, on which it may be picked up. Default 14.
    /// </summary>
    public int PickUpDays { get; init; } = 14;

    /// <summary>Days after the one of the pick-up on which it may be returned. Default 0: never.</summary>
    public int ReturnDays { get; init; }

    /// <summary>What becomes of the points if nobody picks it up. Default give-back.</summary>
    public RewardExpiry OnExpiry { get; init; }

    /// <summary>Whether an order may be cancelled. Default true.</summary>
    public bool Cancels { get; init; } = true;

    /// <summary>The key under which a member's orders are counted; one string for all members.</summary>
    public string LimitKey { get; } = "reward:" + Id;

    /// <summary>What it costs a member.</summary>
    /// <param name="tier">The member's; null: none.</param>
    public RewardPrice PriceFor(string? tier) =>
        tier is not null && TierPrices.TryGetValue(tier, out var price) ? price : Price;

    /// <summary>Whether it is to be had at a mall at all.</summary>
    public bool IsAt(string mall) => Stock?.ContainsKey(mall) ?? true;
}
