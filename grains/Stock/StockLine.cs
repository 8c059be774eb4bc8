using System.Collections.Immutable;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Stock;

/// <summary>What time and those who wait bring to a stock.</summary>
internal static class StockLine
{
    /// <summary>Free pieces, to the first of the line.</summary>
    public static ImmutableArray<StockFact> Offers(StockState state, StockTerms? terms, DateTimeOffset now)
    {
        if (terms is null || state.Line.IsEmpty)
            return [];
        var day = ZoneTime.Day(now, terms.Zone);
        var free = (int)Math.Min(state.Free(terms, day), state.Line.Count);
        return
        [
            .. state.Line.Values.Take(free).Select(order => new StockFact.Offered(
                order.Piece, day, now + (order.Hold ? terms.Hold : StockGrain.DriveAfter))),
        ];
    }

    /// <summary>What was set aside and not confirmed in time.</summary>
    public static ImmutableArray<StockFact> Lapsed(StockState state, DateTimeOffset now) =>
    [
        .. state.Open.Values.Where(piece => piece.IsHeld && piece.Until <= now)
            .OrderBy(piece => piece.Until).ThenBy(piece => piece.Order.Piece, StringComparer.Ordinal)
            .Select(piece => new StockFact.Released(piece.Order.Piece, "lapsed")),
    ];

    /// <summary>When the stock has work; null: it has none.</summary>
    public static DateTimeOffset? NextDue(StockState state, StockTerms? terms, DateTimeOffset now)
    {
        var next = default(DateTimeOffset?);
        foreach (var piece in state.Open.Values)
        {
            var at = piece.IsHeld ? piece.Until : now + StockGrain.DriveAfter;
            next = next is null || at < next ? at : next;
        }

        if (terms is null || state.Line.IsEmpty
            || NextDay(terms, ZoneTime.Day(now, terms.Zone)) is not { } day)
            return next;
        return next is null || day < next ? day : next;
    }

    /// <summary>When there are pieces again that a day has used up; null: days do not matter.</summary>
    public static DateTimeOffset? NextDay(StockTerms terms, DateOnly day) =>
        terms.PerDay == long.MaxValue ? null : ZoneTime.EndOfDay(day, terms.Zone);
}
