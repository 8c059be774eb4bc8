namespace MallVip.Rules.Members;

/// <summary>The sums that a thread asked for last. Logs never change, so what was true of one stays so.
/// </summary>
internal sealed class DaySumMemo
{
    private const int Length = 4;

    private readonly (DayLog? Log, DateOnly From, DateOnly To, DaySum Sum)[] _last =
        new (DayLog? Log, DateOnly From, DateOnly To, DaySum Sum)[Length];

    private int _next;

    /// <summary>Null: it is not among the last.</summary>
    public DaySum? Find(DayLog log, DateOnly from, DateOnly to)
    {
        foreach (ref readonly var known in _last.AsSpan())
            if (ReferenceEquals(known.Log, log) && known.From == from && known.To == to)
                return known.Sum;
        return null;
    }

    public DaySum Keep(DayLog log, DateOnly from, DateOnly to, in DaySum sum)
    {
        _last[_next] = (log, from, to, sum);
        _next = (_next + 1) % Length;
        return sum;
    }
}
