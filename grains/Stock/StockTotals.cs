namespace MallVip.Grains.Stock;

/// <summary>
/// The auditor's own count of a stock, beside what its grain counts of the same entries, and what members
/// were given of it. After a step that cannot follow those before it nothing is counted any more.
/// </summary>
internal sealed class StockTotals(string stock)
{
    private readonly Dictionary<string, DateOnly> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _line = new(StringComparer.Ordinal);
    private readonly HashSet<string> _had = new(StringComparer.Ordinal);
    private StockState _counted = StockState.Empty;
    private long _taken;
    private DateOnly _day;
    private long _onDay;
    private bool _isLost;

    /// <summary>A member was given a piece.</summary>
    public void Give(string piece) => _had.Add(piece);

    /// <summary>What is wrong with an entry; null: nothing.</summary>
    public string? Visit(StockEntryBody body)
    {
        if (_isLost)
            return null;
        foreach (var fact in body.Facts)
            if (!Count(fact))
            {
                _isLost = true;
                return $"stock_step: it cannot follow what {stock} has recorded before.";
            }

        _counted = _counted.Apply(body);
        _isLost = InGrain != Own;
        return _isLost ? $"stock_total: {stock} counts {InGrain}; its journal comes to {Own}." : null;
    }

    /// <summary>What is wrong at the end of the journal; null: nothing.</summary>
    public string? Conclude()
    {
        var had = _taken + _open.Keys.Count(_had.Contains);
        return _isLost || _had.Count == had ? null
            : $"stock_members: members have {_had.Count} of {stock}, which counts {had} that they have.";
    }

    private Sums InGrain => new(
        _counted.Taken, _counted.Open.Count, _counted.Line.Count, _counted.Day, _counted.OnDay);

    private Sums Own => new(_taken, _open.Count, _line.Count, _day, _onDay);

    /// <returns>False: it cannot be.</returns>
    private bool Count(StockFact fact) => fact switch
    {
        StockFact.Reserved reserved => !_line.Contains(reserved.Order.Piece)
            && Reserve(reserved.Order.Piece, reserved.Day),
        StockFact.Waits waits => !_open.ContainsKey(waits.Order.Piece) && _line.Add(waits.Order.Piece),
        StockFact.Offered offered => _line.Remove(offered.Piece) && Reserve(offered.Piece, offered.Day),
        StockFact.Confirmed confirmed => _open.ContainsKey(confirmed.Piece),
        StockFact.Taken taken => Take(taken.Piece),
        StockFact.Released released => Release(released.Piece),
        StockFact.GaveBack back => PutBack(back.Piece),
        _ => false,
    };

    private bool Reserve(string piece, DateOnly day)
    {
        _onDay = day == _day ? _onDay + 1 : 1;
        _day = day;
        return _open.TryAdd(piece, day);
    }

    private bool Take(string piece)
    {
        _taken++;
        return _open.Remove(piece);
    }

    private bool Release(string piece)
    {
        if (!_open.Remove(piece, out var day))
            return false;
        if (day == _day)
            _onDay--;
        return true;
    }

    private bool PutBack(string piece)
    {
        _had.Remove(piece);
        return _taken-- > 0;
    }

    /// <param name="OnDay">Given out on the newest day.</param>
    private readonly record struct Sums(long Taken, int Reserved, int Waiting, DateOnly Day, long OnDay)
    {
        public override string ToString() =>
            $"{Taken} taken, {Reserved} reserved, {Waiting} waiting, {OnDay} on {Day:yyyy-MM-dd}";
    }
}
