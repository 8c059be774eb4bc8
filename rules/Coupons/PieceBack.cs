using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Coupons;

/// <summary>A piece of a stock that the member has given up: the stock is still to be told.</summary>
/// <param name="Template">Of which template it was a coupon.</param>
public sealed record PieceBack([property: Name("k")] string Template, [property: Name("p")] string Piece);
