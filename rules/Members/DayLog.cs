using System.Collections.Immutable;

namespace MallVip.Rules.Members;

/// <summary>
/// Spend, purchases and visits per mall and mall-local day: compact (100 purchases on 100 days take some 400
/// bytes) and immutable. Days older than <see cref="RetentionDays"/> before the newest are forgotten; a
/// return of a forgotten day changes nothing.
/// </summary>
public sealed class DayLog
{
    /// <summary>At least so many days before the newest one are kept.</summary>
    public const int RetentionDays = 1_100;

    // Forgetting copies the log once more, so that it happens about once a month and not on every new day.
    private const int SlackDays = 31;

    private readonly ImmutableArray<string> _malls;
    private readonly byte[] _packed;
    private readonly int _firstDay;
    private readonly int _lastDay;

    /// <summary>Where the entries of the newest day begin.</summary>
    private readonly int _lastStart;

    private DayLog(ImmutableArray<string> malls, byte[] packed, int firstDay, int lastDay, int lastStart) =>
        (_malls, _packed, _firstDay, _lastDay, _lastStart) = (malls, packed, firstDay, lastDay, lastStart);

    public static DayLog Empty { get; } = new([], [], 0, 0, 0);

    /// <summary>The malls that the packed bytes speak of by position.</summary>
    public ImmutableArray<string> Malls => _malls;

    /// <summary>The entries, as <see cref="FromPacked"/> reads them.</summary>
    public ReadOnlyMemory<byte> Packed => _packed;

    /// <summary>The newest day with a visit or purchase; null: none.</summary>
    public DateOnly? LastDay => _packed.Length == 0 ? null : DateOnly.FromDayNumber(_lastDay);

    /// <summary>Rebuilds a log from what a snapshot kept.</summary>
    public static DayLog FromPacked(ImmutableArray<string> malls, byte[] packed)
    {
        if (packed.Length == 0 && malls.IsEmpty)
            return Empty;
        var (first, last, lastStart, at) = (0, 0, 0, 0);
        while (at < packed.Length)
        {
            var start = at;
            var day = DayCodec.Read(packed, ref at, last).Day;
            if (start == 0)
                first = day;
            if (day != last)
                (last, lastStart) = (day, start);
        }

        return new(malls, packed, first, last, lastStart);
    }

    /// <summary>
    /// Exact spend of the days from <paramref name="from"/> to <paramref name="to"/>, both included.
    /// </summary>
    /// <param name="mall">One mall's spend only; null: all.</param>
    public decimal Spent(DateOnly from, DateOnly to, string? mall = null) => Sum(from, to, mall).Spend;

    /// <summary>
    /// Purchases of the days from <paramref name="from"/> to <paramref name="to"/>, both included.
    /// </summary>
    public int Purchases(DateOnly from, DateOnly to, string? mall = null) => Sum(from, to, mall).Purchases;

    /// <summary>Distinct pairs of mall and day with a visit or purchase, both ends included.</summary>
    public int Visits(DateOnly from, DateOnly to, string? mall = null) => Sum(from, to, mall).Visits;

    /// <summary>Whether the member was in the mall on that day.</summary>
    public bool Has(string mall, DateOnly day) =>
        day.DayNumber >= _firstDay && day.DayNumber <= _lastDay && Visits(day, day, mall) > 0;

    /// <summary>Whether a mall has spend on a day.</summary>
    public bool HasSpend(string mall, DateOnly day) => Spent(day, day, mall) > 0;

    /// <summary>The days with spend of one mall, oldest first.</summary>
    public IEnumerable<DateOnly> SpendingDays(string mall)
    {
        var only = _malls.IndexOf(mall);
        for (int at = 0, day = 0; only >= 0 && at < _packed.Length;)
        {
            var entry = DayCodec.Read(_packed, ref at, day);
            day = entry.Day;
            if (entry.Mall == only && entry.Spend > 0)
                yield return DateOnly.FromDayNumber(day);
        }
    }

    /// <summary>How many days with spend of one mall there are, both ends included.</summary>
    public int CountSpendingDays(string mall, DateOnly from, DateOnly to)
    {
        var (only, count) = (_malls.IndexOf(mall), 0);
        for (var (at, day) = StartFor(from); only >= 0 && at < _packed.Length;)
        {
            var entry = DayCodec.Read(_packed, ref at, day);
            day = entry.Day;
            if (day > to.DayNumber)
                break;
            if (entry.Mall == only && entry.Spend > 0 && day >= from.DayNumber)
                count++;
        }

        return count;
    }

    /// <summary>Records a visit.</summary>
    public DayLog AddVisit(string mall, DateOnly day) => Add(mall, day, 0, 0m);

    /// <summary>Records a purchase.</summary>
    public DayLog AddPurchase(string mall, DateOnly day, decimal paid) => Add(mall, day, 1, paid);

    /// <summary>Records several purchases of one day at once.</summary>
    /// <param name="paid">All of them together.</param>
    public DayLog AddPurchases(string mall, DateOnly day, int purchases, decimal paid) =>
        Add(mall, day, purchases, paid);

    /// <summary>
    /// Takes back spend from the day of the purchase. The purchase and the visit stay counted.
    /// </summary>
    public DayLog RemoveSpend(string mall, DateOnly day, decimal paid) =>
        Has(mall, day) ? Add(mall, day, 0, -paid) : this;

    /// <summary>Both logs as one: what each says of a day adds up, and a day in a mall is one visit.
    /// </summary>
    public DayLog With(DayLog other)
    {
        var sum = this;
        for (int at = 0, day = 0; at < other._packed.Length;)
        {
            var entry = DayCodec.Read(other._packed, ref at, day);
            day = entry.Day;
            sum = sum.Add(
                other._malls[entry.Mall], DateOnly.FromDayNumber(day), entry.Purchases, entry.Spend);
        }

        return sum;
    }

    private DaySum Sum(DateOnly from, DateOnly to, string? mall)
    {
        var only = mall is null ? -1 : _malls.IndexOf(mall);
        var sum = default(DaySum);
        if (_packed.Length == 0 || from.DayNumber > _lastDay || (mall is not null && only < 0))
            return sum;
        for (var (at, day) = StartFor(from); at < _packed.Length;)
        {
            var form = DayCodec.ReadPlace(_packed, ref at, ref day, out var of);
            if (day > to.DayNumber)
                break;
            if (day < from.DayNumber || (only >= 0 && of != only))
                DayCodec.Skip(_packed, ref at, form);
            else
                DayCodec.Add(_packed, ref at, form, ref sum);
        }

        return sum;
    }

    private DayLog Add(string mall, DateOnly day, int purchases, decimal paid)
    {
        var malls = _malls.Contains(mall) ? _malls : _malls.Add(mall);
        var added = new DayEntry(day.DayNumber, malls.IndexOf(mall), purchases, paid);
        if (_packed.Length > 0 && added.Day < _lastDay - RetentionDays)
            return this;
        return added.Day > _firstDay + RetentionDays + SlackDays && _packed.Length > 0
            ? Forget(added.Day - RetentionDays).Splice(malls, added)
            : Splice(malls, added);
    }

    /// <summary>Adds to the entry of the same mall and day, or puts one in its place.</summary>
    private DayLog Splice(ImmutableArray<string> malls, in DayEntry added)
    {
        var (at, day) = added.Day >= _lastDay ? StartOfLastDay() : (0, 0);
        while (at < _packed.Length)
        {
            var (start, before) = (at, day);
            var entry = DayCodec.Read(_packed, ref at, before);
            day = entry.Day;
            if (entry < added)
                continue;
            if (entry > added)
                return Splice(malls, start..at, added, before, entry);
            var sum = entry with
            {
                Purchases = entry.Purchases + added.Purchases,
                Spend = entry.Spend + added.Spend,
            };
            return Splice(malls, start..at, sum, before, null);
        }

        return Splice(malls, at..at, added, day, null);
    }

    /// <summary>Puts an entry in the place of bytes, and anew the one behind it, whose distance has changed.
    /// </summary>
    private DayLog Splice(
        ImmutableArray<string> malls, Range place, in DayEntry entry, int previousDay, DayEntry? behind)
    {
        var (start, replaced) = place.GetOffsetAndLength(_packed.Length);
        Span<byte> bytes = stackalloc byte[2 * DayCodec.MaxEntryBytes];
        var own = DayCodec.Write(bytes, entry, previousDay);
        var written = behind is { } next ? own + DayCodec.Write(bytes[own..], next, entry.Day) : own;
        byte[] packed =
            [.. _packed.AsSpan(0, start), .. bytes[..written], .. _packed.AsSpan(start + replaced)];
        if (_packed.Length == 0)
            return new(malls, packed, entry.Day, entry.Day, 0);
        var lastStart = entry.Day.CompareTo(_lastDay) switch
        {
            < 0 when start < _lastStart => _lastStart + written - replaced,
            < 0 => start + own,
            0 => _lastStart,
            > 0 => start,
        };
        return new(malls, packed, Math.Min(_firstDay, entry.Day), Math.Max(_lastDay, entry.Day), lastStart);
    }

    /// <summary>Where to begin to read for a day: what is before holds older ones only.</summary>
    private (int At, int PreviousDay) StartFor(DateOnly from) =>
        from.DayNumber >= _lastDay ? StartOfLastDay() : (0, 0);

    /// <summary>Where the newest day begins, and the day before it in the log; 0: none.</summary>
    private (int At, int PreviousDay) StartOfLastDay()
    {
        var at = _lastStart;
        if (_packed.Length == 0)
            return (0, 0);
        var distance = DayCodec.Read(_packed, ref at, 0).Day;
        return (_lastStart, _lastDay - distance);
    }

    /// <summary>The log without what is older than a day.</summary>
    private DayLog Forget(int oldest)
    {
        for (int at = 0, day = 0; at < _packed.Length;)
        {
            var start = at;
            var entry = DayCodec.Read(_packed, ref at, day);
            day = entry.Day;
            if (day < oldest)
                continue;
            Span<byte> first = stackalloc byte[DayCodec.MaxEntryBytes];
            var length = DayCodec.Write(first, entry, 0);
            byte[] packed = [.. first[..length], .. _packed.AsSpan(at)];
            return FromPacked(_malls, packed);
        }

        return new(_malls, [], 0, 0, 0);
    }
}
