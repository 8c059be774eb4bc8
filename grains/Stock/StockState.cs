using System.Collections.Immutable;

namespace MallVip.Grains.Stock;

/// <summary>A piece on its way to a member.</summary>
/// <param name="Until">Until when it is set aside, or when it is carried on.</param>
/// <param name="IsHeld">It waits for its member's word.</param>
public sealed record StockPiece(StockOrder Order, DateOnly Day, DateTimeOffset Until, bool IsHeld);

/// <summary>
/// A stock, folded from its facts. What is settled is a number: whether a piece was taken, or came back, is
/// known by the keys of those entries.
/// </summary>
public sealed record StockState
{
    public static StockState Empty { get; } = new();

    /// <summary>Empty: nothing has happened yet.</summary>
    public string Stock { get; init; } = "";

    /// <summary>On their way, by id.</summary>
    public ImmutableDictionary<string, StockPiece> Open { get; init; } =
        ImmutableDictionary.Create<string, StockPiece>(StringComparer.Ordinal);

    /// <summary>The line, the first first.</summary>
    public ImmutableSortedDictionary<long, StockOrder> Line { get; init; } =
        ImmutableSortedDictionary<long, StockOrder>.Empty;

    /// <summary>Where a piece's order stands in the line.</summary>
    public ImmutableDictionary<string, long> Numbers { get; init; } =
        ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The number that the next of the line gets.</summary>
    public long NextNumber { get; init; }

    public long Taken { get; init; }

    /// <summary>The newest day on which a piece was reserved, and how many were.</summary>
    public DateOnly Day { get; init; }

    public long OnDay { get; init; }

    /// <summary>Reserved and taken.</summary>
    public long Out => Taken + Open.Count;

    /// <summary>The place in the line, from 1; 0: not in it.</summary>
    public long PlaceOf(string piece) =>
        Numbers.TryGetValue(piece, out var number) ? number - Line.First().Key + 1 : 0;

    /// <summary>The order of a piece on its way or in the line; null: it is neither.</summary>
    public StockOrder? Find(string piece) => Open.GetValueOrDefault(piece)?.Order
        ?? (Numbers.TryGetValue(piece, out var number) ? Line[number] : null);

    /// <summary>How many may be reserved now.</summary>
    public long Free(StockTerms terms, DateOnly day) =>
        Math.Max(0, Math.Min(terms.Total - Out, terms.PerDay - (Day == day ? OnDay : 0)));

    public StockState Apply(StockFact fact) => fact switch
    {
        StockFact.Reserved reserved => Reserve(reserved.Order, reserved.Day, reserved.Until),
        StockFact.Waits waits => this with
        {
            Line = Line.Add(NextNumber, waits.Order),
            Numbers = Numbers.Add(waits.Order.Piece, NextNumber),
            NextNumber = NextNumber + 1,
        },
        StockFact.Offered offered => Offer(offered),
        StockFact.Confirmed confirmed => this with
        {
            Open = Open.SetItem(
                confirmed.Piece, Open[confirmed.Piece] with { Until = confirmed.Until, IsHeld = false }),
        },
        StockFact.Taken taken => this with { Open = Open.Remove(taken.Piece), Taken = Taken + 1 },
        StockFact.Released released => this with
        {
            Open = Open.Remove(released.Piece),
            OnDay = Open[released.Piece].Day == Day ? OnDay - 1 : OnDay,
        },
        StockFact.GaveBack => this with { Taken = Taken - 1 },
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };

    public StockState Apply(StockEntryBody body) =>
        body.Facts.Aggregate(this with { Stock = body.Stock }, static (state, fact) => state.Apply(fact));

    private StockState Reserve(StockOrder order, DateOnly day, DateTimeOffset until) => this with
    {
        Open = Open.Add(order.Piece, new(order, day, until, order.Hold)),
        Day = day,
        OnDay = (Day == day ? OnDay : 0) + 1,
    };

    private StockState Offer(StockFact.Offered offered)
    {
        var number = Numbers[offered.Piece];
        var order = Line[number];
        return (this with { Line = Line.Remove(number), Numbers = Numbers.Remove(offered.Piece) })
            .Reserve(order, offered.Day, offered.Until);
    }
}
