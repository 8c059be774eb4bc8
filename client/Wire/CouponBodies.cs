using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Gives a member a coupon.</summary>
/// <param name="Template">One that the programme declares in the full form, without a stock.</param>
/// <param name="Reason">Why; stands in the journal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantCouponBody(string Template, string? Reason = null);

/// <summary>Sets a coupon aside for a receipt that is about to come.</summary>
/// <param name="Receipt">None: any receipt of the store.</param>
/// <param name="Minutes">How long, 1 to 1,440 (a day); none: 15.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReserveCouponBody(string Store, string? Receipt = null, int? Minutes = null);

/// <summary>Uses a coupon on a receipt.</summary>
/// <param name="Paid">What the receipt comes to before coupons, as a decimal string or a number.</param>
/// <param name="Lines">None: only the sum is known.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RedeemCouponBody(
    string Store, string Receipt, Money Paid, ImmutableArray<BasketLineBody>? Lines = null);

/// <summary>Undoes a redemption, as the template says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReturnCouponBody(string Store, string Receipt);

/// <summary>Takes a coupon away.</summary>
/// <param name="Reason">Why; stands in the journal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VoidCouponBody(string Reason);

/// <summary>Asks which coupons a basket would best use.</summary>
/// <param name="Paid">What it comes to before coupons.</param>
/// <param name="Lines">None: only the sum is known.</param>
/// <param name="Time">When it is bought; none: now. Scopes are judged by it, ends by the clock.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuoteCouponsBody(
    string Store, Money Paid, ImmutableArray<BasketLineBody>? Lines = null, DateTimeOffset? Time = null,
    string? Receipt = null);

/// <summary>A line of a basket.</summary>
/// <param name="Paid">What the whole line comes to.</param>
/// <param name="Qty">None: 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BasketLineBody(
    Money Paid, string? Sku = null, string? Category = null, string? Brand = null, decimal? Qty = null);

/// <summary>A coupon that a member has.</summary>
/// <param name="Number">Within the member.</param>
/// <param name="Code">For tills: 16 letters and digits; O reads as 0, I and L as 1.</param>
/// <param name="Kind">What it gives: <c>off</c>, <c>percent</c>, <c>gift</c>, <c>parking</c>,
/// <c>multiply</c> or <c>exchange</c>; none: the template is not in force.</param>
/// <param name="Status"><c>waiting</c> (not good yet), <c>available</c>, <c>reserved</c> or <c>used</c>;
/// one that has ended is not here any more.</param>
/// <param name="From">The first instant at which it is taken.</param>
/// <param name="Until">The first instant at which it is not any more.</param>
/// <param name="Left">How often it may still be redeemed.</param>
/// <param name="ReservedUntil">When a reservation ends.</param>
public sealed record CouponBody(
    int Number, string Code, string Template, string Name, string? Kind, string Status, DateTimeOffset From,
    DateTimeOffset Until, int Left, DateTimeOffset? ReservedUntil = null);

/// <summary>A member's coupons.</summary>
public sealed record CouponsBody(MemberId Member, ImmutableArray<CouponBody> Coupons);

/// <summary>A coupon by its code, and whose it is.</summary>
public sealed record CouponFoundBody(MemberId Member, CouponBody Coupon);

/// <summary>Which coupons a basket would best use. Nothing is recorded.</summary>
/// <param name="Off">What they take off together.</param>
public sealed record CouponQuoteBody(
    MemberId Member, Money Off, ImmutableArray<CouponOfferBody> Used,
    ImmutableArray<CouponObstacleBody> Others);

/// <summary>A coupon of the best combination.</summary>
/// <param name="Off">What it takes off by itself.</param>
public sealed record CouponOfferBody(CouponBody Coupon, Money Off);

/// <summary>A coupon that is left out.</summary>
/// <param name="Reason">The code of the refusal that a till would get.</param>
/// <param name="Detail">One sentence.</param>
public sealed record CouponObstacleBody(CouponBody Coupon, string Reason, string Detail);

/// <summary>What became of a coupon.</summary>
/// <param name="What"><c>granted</c>, <c>asked</c>, <c>reserved</c>, <c>released</c>, <c>redeemed</c>,
/// <c>returned</c> or <c>ended</c>.</param>
/// <param name="Number">Within the member; none: a piece of a stock is asked for.</param>
/// <param name="Off">What it took off.</param>
/// <param name="Until">Of a reservation or a grant: when it ends.</param>
public sealed record CouponChangeBody(
    string What, string Template, int? Number = null, Money? Off = null, DateTimeOffset? Until = null);
