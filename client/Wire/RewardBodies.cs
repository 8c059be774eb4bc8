using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Orders a reward.</summary>
/// <param name="Mall">Where it is picked up.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OrderRewardBody(string Reward, string Mall);

/// <summary>Tells that the cash price of an order is paid.</summary>
/// <param name="Payment">Its id in the system that took the money; the same once more changes
/// nothing.</param>
/// <param name="Paid">Exactly the cash price, as a decimal string or a number.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PayOrderBody(string Payment, Money Paid);

/// <summary>Hands an order over.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PickUpOrderBody(string Desk);

/// <summary>Calls an order off.</summary>
/// <param name="Reason">Why; stands in the journal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelOrderBody(string? Reason = null);

/// <summary>Takes back what was picked up.</summary>
/// <param name="Reason">Why; stands in the journal.</param>
/// <param name="Restock">Whether it can be given to somebody else; none: it can.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReturnOrderBody(string Desk, string Reason, bool? Restock = null);

/// <summary>What members order for points.</summary>
public sealed record CatalogueBody(ImmutableArray<RewardBody> Rewards);

/// <summary>A reward.</summary>
/// <param name="Wallet">Whose points it costs.</param>
/// <param name="Price">What it costs, or what it costs the member who is asked for.</param>
/// <param name="TierPrices">What it costs members of a tier; none: all pay the same.</param>
/// <param name="For">Tiers whose members order it; none: all.</param>
/// <param name="From">When orders begin; none: they have.</param>
/// <param name="To">When they end.</param>
/// <param name="Coupon">The template of the coupon that it is; none: it is picked up.</param>
/// <param name="Malls">Where it is to be had; none: everywhere.</param>
/// <param name="Left">How many are left at the mall that is asked for; none: none is asked for, or any
/// number.
/// </param>
public sealed record RewardBody(
    string Id, string Name, string Wallet, RewardPriceBody Price,
    ImmutableSortedDictionary<string, RewardPriceBody>? TierPrices = null,
    ImmutableArray<string>? For = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? Coupon = null, ImmutableArray<string>? Malls = null, long? Left = null);

/// <summary>What a reward costs.</summary>
/// <param name="Cash">In the currency of the mall; none: nothing.</param>
public sealed record RewardPriceBody(long Points, Money? Cash = null);

/// <summary>How many of a reward there are at a mall.</summary>
/// <param name="Taken">Ordered and not given back.</param>
/// <param name="Reserved">On their way to a member.</param>
/// <param name="Waiting">Members who wait for one.</param>
/// <param name="Left">None: any number.</param>
public sealed record RewardStockBody(
    string Reward, string Mall, long Taken, long Reserved, long Waiting, long? Left = null);

/// <summary>What became of an order.</summary>
/// <param name="Status"><c>ordered</c>, or <c>waiting</c>: all are gone, and the next that comes back is for
/// those who wait.</param>
/// <param name="Order">None: it waits, or it was only tried.</param>
/// <param name="Place">Whose place in the line it is, from 1.</param>
public sealed record RewardOrderedBody(string Status, OrderBody? Order = null, long? Place = null);

/// <summary>A reward that a member has ordered.</summary>
/// <param name="Code">For the desk: 16 letters and digits; O reads as 0, I and L as 1.</param>
/// <param name="Until">Until when it is to be paid, picked up or returned; of one that is over: when that
/// was.
/// </param>
/// <param name="Cash">What it costs in money; none: nothing.</param>
/// <param name="Payment">By which payment that was paid.</param>
/// <param name="Desks">Where it is picked up; none: at any desk of the mall.</param>
public sealed record OrderBody(
    string Code, string Reward, string Name, string Mall, OrderStatus Status, string Wallet, long Points,
    DateTimeOffset OrderedAt, DateTimeOffset Until, Money? Cash = null, string? Payment = null,
    ImmutableArray<string>? Desks = null);

/// <summary>A member's orders, the newest first; those that are over stay for 90 days.</summary>
public sealed record OrdersBody(MemberId Member, ImmutableArray<OrderBody> Orders);

/// <summary>An order by its code, and whose it is.</summary>
public sealed record OrderFoundBody(MemberId Member, OrderBody Order);

/// <summary>What became of an order in a step.</summary>
/// <param name="Until">As that of an order.</param>
/// <param name="CashBack">What was paid for it and is to be paid back.</param>
public sealed record OrderChangeBody(OrderStatus Status, DateTimeOffset Until, Money? CashBack = null);
