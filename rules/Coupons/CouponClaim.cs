using System.Collections.Immutable;

namespace MallVip.Rules.Coupons;

/// <summary>How members claim coupons of a template themselves.</summary>
/// <param name="From">The first instant; null: at once.</param>
/// <param name="To">The first instant after it; null: as long as there are any.</param>
/// <param name="Tiers">Members of these tiers; empty: all.</param>
/// <param name="HoldMinutes">How long a piece waits for its member once it is offered. Default 10.</param>
/// <param name="Waiting">How many may wait for a piece that comes back. Default 0.</param>
public sealed record CouponClaim(
    DateTimeOffset? From, DateTimeOffset? To, ImmutableArray<string> Tiers, int HoldMinutes, int Waiting);
