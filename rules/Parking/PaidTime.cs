namespace MallVip.Rules.Parking;

/// <summary>The minutes of a visit that are still to be paid, in order; what frees some cuts them out.
/// </summary>
internal sealed class PaidTime
{
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _spans = [];

    public PaidTime(DateTimeOffset from, DateTimeOffset to)
    {
        if (from < to)
            _spans.Add((from, to));
    }

    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Spans => _spans;

    /// <summary>How many minutes are left between two instants.</summary>
    public int Within(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0;
        foreach (var span in _spans)
            sum += Math.Max(0, FeeClock.Minutes(Later(span.From, from), Earlier(span.To, to)));
        return sum;
    }

    /// <summary>Cuts the earliest minutes between two instants out.</summary>
    /// <param name="most">How many.</param>
    /// <returns>What was cut, in order.</returns>
    public List<(DateTimeOffset From, DateTimeOffset To)> Cut(
        DateTimeOffset from, DateTimeOffset to, int most)
    {
        var cut = new List<(DateTimeOffset From, DateTimeOffset To)>();
        for (var i = 0; i < _spans.Count && most > 0;)
        {
            var span = _spans[i];
            var begin = Later(span.From, from);
            var end = Earlier(Earlier(span.To, to), begin.AddMinutes(most));
            if (begin >= end)
            {
                i++;
                continue;
            }

            most -= FeeClock.Minutes(begin, end);
            cut.Add((begin, end));
            _spans.RemoveAt(i);
            if (end < span.To)
                _spans.Insert(i, (end, span.To));
            if (span.From < begin)
                _spans.Insert(i++, (span.From, begin));
        }

        return cut;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
