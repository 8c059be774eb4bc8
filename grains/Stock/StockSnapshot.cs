using System.Collections.Immutable;

namespace MallVip.Grains.Stock;

/// <summary>A stock's state in a snapshot.</summary>
public sealed record StockSnapshot
{
    public required string Stock { get; init; }

    /// <summary>By their ids.</summary>
    public required ImmutableArray<StockPiece> Open { get; init; }

    /// <summary>The first first.</summary>
    public required ImmutableArray<StockPlace> Line { get; init; }

    public long NextNumber { get; init; }

    public long Taken { get; init; }

    public DateOnly Day { get; init; }

    public long OnDay { get; init; }

    public static StockSnapshot Of(StockState state) => new()
    {
        Stock = state.Stock,
        Open = [.. state.Open.Values.OrderBy(piece => piece.Order.Piece, StringComparer.Ordinal)],
        Line = [.. state.Line.Select(place => new StockPlace(place.Key, place.Value))],
        NextNumber = state.NextNumber,
        Taken = state.Taken,
        Day = state.Day,
        OnDay = state.OnDay,
    };

    public StockState ToState() => new()
    {
        Stock = Stock,
        Open = Open.ToImmutableDictionary(
            piece => piece.Order.Piece, piece => piece, StringComparer.Ordinal),
        Line = Line.ToImmutableSortedDictionary(place => place.Number, place => place.Order),
        Numbers = Line.ToImmutableDictionary(
            place => place.Order.Piece, place => place.Number, StringComparer.Ordinal),
        NextNumber = NextNumber,
        Taken = Taken,
        Day = Day,
        OnDay = OnDay,
    };
}

/// <summary>Somebody in the line.</summary>
public sealed record StockPlace(long Number, StockOrder Order);
