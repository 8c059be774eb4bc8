namespace MallVip.Client.Admission;

/// <summary>What became of the wish for a seat.</summary>
public enum Seat
{
    Taken,
    /// <summary>This caller has too many.</summary>
    CallerBusy,
    /// <summary>All callers together have too many.</summary>
    Full,
}

/// <summary>Counts open streams, of all callers and of each. Nobody waits for a seat. Thread-safe.</summary>
public sealed class StreamSeats(int max, int maxPerCaller)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

    /// <summary><see cref="Seat.Taken"/> must be followed by one <see cref="Leave"/>.</summary>
    public Seat Take(string caller)
    {
        lock (_lock)
        {
            var own = _taken.GetValueOrDefault(caller);
            if (own >= maxPerCaller)
                return Seat.CallerBusy;
            if (_all >= max)
                return Seat.Full;
            _taken[caller] = own + 1;
            _all++;
            return Seat.Taken;
        }
    }

    /// <summary>Gives a seat back.</summary>
    public void Leave(string caller)
    {
        lock (_lock)
        {
            _all--;
            if (--_taken[caller] == 0)
                _taken.Remove(caller);
        }
    }
}
