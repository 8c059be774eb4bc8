using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Coupons;

/// <summary>A piece of a stock that the member has given up: the stock is still to be told.</summary>
/// <param name="Stock">Of which, as <see cref="Catalogue.StockName"/> says.</param>
public sealed record PieceBack([property: Name("s")] string Stock, [property: Name("p")] string Piece);
