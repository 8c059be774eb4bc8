using System.Text.Json.Serialization;

namespace MallVip.Client.Wire;

/// <summary>A member claims a coupon of a template that has a stock.</summary>
/// <param name="Template">One whose <c>claim</c> lets members.</param>
/// <param name="Hold">The piece is set aside until it is confirmed, for as long as the template says.
/// Default:
/// it is the member's at once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClaimCouponBody(string Template, bool Hold = false);

/// <summary>What became of a claim.</summary>
/// <param name="Claim">Names it; confirm it under this name.</param>
/// <param name="Status"><c>taken</c>, <c>held</c> or <c>waiting</c>.</param>
/// <param name="Place">In the line, from 1; none: it does not wait.</param>
/// <param name="Until">When a piece that is set aside is free again.</param>
public sealed record CouponClaimedBody(
    string Claim, string Status, long? Place = null, DateTimeOffset? Until = null);

/// <summary>What there is of a template's coupons.</summary>
/// <param name="Taken">Pieces that members have or had and did not give back.</param>
/// <param name="Reserved">Pieces on their way to a member.</param>
/// <param name="Waiting">Who waits for one.</param>
/// <param name="Left">How many may be taken now.</param>
public sealed record CouponStockBody(string Template, long Taken, long Reserved, long Waiting, long Left);
