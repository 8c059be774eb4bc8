
namespace MallVip.Grains.Stock;

/// <summary>
/// Something of which there is only so much. Its pieces are given out in the order in which the calls reach
/// it; never more are reserved and taken than there are. The key is that of <c>StockKeys.Grain</c>. Every
/// call may interleave: a piece is reserved, and the entry on its way, without an await in between.
/// </summary>
public interface IStockGrain : IGrainWithStringKey
{
    /// <summary>Reserves a piece, gives it to its member, and notes that it is taken, or free again where the
    /// member refuses. Asked again it goes on where it broke off. Durable when it answers.</summary>
    [AlwaysInterleave]
    Task<StockAnswer> Take(StockOrder order);

    /// <summary>Gives a piece that is set aside to its member.</summary>
    [AlwaysInterleave]
    Task<StockAnswer> Confirm(string piece);

    /// <summary>A piece that was taken is free again; once, however often it is told.</summary>
    /// <returns>False: it had come back before.</returns>
    [AlwaysInterleave]
    Task<bool> GiveBack(string stock, string piece);

    /// <summary>What is durable.</summary>
    [AlwaysInterleave]
    Task<StockReading> Read(string stock);

    /// <summary>Carries on what broke off, and frees what nobody has confirmed in time.</summary>
    [AlwaysInterleave]
    Task Poke();
}
