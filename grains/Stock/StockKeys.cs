using MallVip.Grains.Journal;

namespace MallVip.Grains.Stock;

/// <summary>The keys of a piece's steps: each is done once, however often it is asked for.</summary>
internal static class StockKeys
{
    /// <summary>The grain's key: 32 hex digits.</summary>
    public static string Grain(string stock) => EventKey.Of("stock", "", stock).ToString();

    /// <summary>Of the stock's entry that a member has the piece.</summary>
    public static EventKey Taken(string stock, string piece) => EventKey.Of("stock-taken", stock, piece);

    /// <summary>Of the stock's entry that it has come back.</summary>
    public static EventKey Back(string stock, string piece) => EventKey.Of("stock-back", stock, piece);

    /// <summary>Of the member's entry that gives it.</summary>
    public static EventKey Given(string stock, string piece) => EventKey.Of("stock-given", stock, piece);
}
