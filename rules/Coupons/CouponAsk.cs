using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Coupons;

/// <summary>A rule has granted a coupon of which there is a stock: a piece of it is asked for, and the coupon
/// comes with the piece.</summary>
/// <param name="Piece">The piece that is asked for, and the ask's name among all members.</param>
/// <param name="Rule">The full id of the rule.</param>
/// <param name="DriveAt">When it is asked for (again).</param>
public sealed record CouponAsk(
    [property: Name("p")] string Piece, [property: Name("k")] string Template,
    [property: Name("rule")] string Rule, [property: Name("at")] DateTimeOffset DriveAt);
